/** What wraps data keys: a service that keeps its own key to itself, or a file. */

/** What a wrapped key is for; it unwraps for nothing else. */
export interface KeyPurpose {
  shopId: number;
  kind: KeyKind;
}

/** `seal` keys encrypt, and change when keys are rotated; an `index` key makes look-ups, and stays. */
export type KeyKind = 'seal' | 'index';

/** Makes, wraps and unwraps data keys. What it gives as wrapped says by what it was wrapped. */
export interface KeyProvider {
  makeKey: (purpose: KeyPurpose) => Promise<{ key: Buffer; wrapped: string }>;
  wrapKey: (key: Buffer, purpose: KeyPurpose) => Promise<string>;
  unwrapKey: (wrapped: string, purpose: KeyPurpose) => Promise<Buffer>;
}

export const DATA_KEY_BYTES = 32;

/** A data key cannot be had right now. What is read in clear goes on; what needs the key waits. */
export class KeysUnavailableError extends Error {
  /** Whether the provider said no, instead of nothing: then no key is used any longer, kept or not. */
  readonly isRefused: boolean;

  constructor(
    message: string,
    { isRefused = false, ...options }: ErrorOptions & { isRefused?: boolean } = {},
  ) {
    super(message, options);
    this.isRefused = isRefused;
  }
}
