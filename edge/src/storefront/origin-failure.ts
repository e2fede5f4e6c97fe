/** The ways in which an origin gives no usable answer. */

/** `resting`: it failed so often that it is left alone for a moment. */
export type FailureKind = 'unreachable' | 'timeout' | 'bad-answer' | 'unavailable' | 'resting';

/** The origin gave no usable answer. */
export class OriginFailure extends Error {
  override readonly name = 'OriginFailure';
  readonly kind: FailureKind;
  /** When it is worth trying again, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: FailureKind, message: string, retryAfterSeconds?: number) {
    super(message);
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What an error status says of the origin. */
export function kindOfStatus(status: number): FailureKind {
  if (status === 503) return 'unavailable';
  return status === 504 ? 'timeout' : 'bad-answer';
}
