/**
 * A token bucket for each of many, as the generic cell rate algorithm: one number a bucket, the time
 * at which it will be full again. Memory is bounded: the buckets used longest ago are forgotten first,
 * which makes them full.
 */

export interface Quota {
  /** Its name in `RateLimit` and `RateLimit-Policy`. */
  readonly name: string;
  /** Units that a bucket holds. */
  readonly units: number;
  /** In which an empty bucket fills. */
  readonly windowSeconds: number;
}

/** What is left after a unit was asked for. */
export interface Allowance {
  readonly quota: Quota;
  readonly isAllowed: boolean;
  /** Units left. */
  readonly left: number;
  /** Until there is one more, in whole seconds. */
  readonly moreInSeconds: number;
}

/** About a megabyte. */
const BUCKETS_MAX = 10_000;

export interface RateLimit {
  /** Takes a unit if there is one. */
  take(bucket: number): Allowance;
  /** What there is, without taking any. */
  look(bucket: number): Allowance;
}

/** @param now Milliseconds. */
export function createRateLimit(
  quota: Quota,
  now: () => number,
  bucketsMax: number = BUCKETS_MAX,
): RateLimit {
  const fullAt = new Map<number, number>();
  // Kept, because each new one would walk over everything that was deleted before it.
  const byAge = fullAt.keys();
  const windowMs = quota.windowSeconds * 1000;
  const unitMs = windowMs / quota.units;

  function remember(bucket: number, ms: number): void {
    fullAt.delete(bucket);
    fullAt.set(bucket, ms);
    if (fullAt.size <= bucketsMax) return;
    const oldest = byAge.next();
    if (!oldest.done) fullAt.delete(oldest.value);
  }

  function missingFrom(bucket: number): { missing: number; isAllowed: boolean } {
    const missing = Math.max(0, (fullAt.get(bucket) ?? 0) - now());
    // A millisecond's thousandth absorbs what division rounds.
    return { missing, isAllowed: missing + unitMs <= windowMs + 1e-3 };
  }

  function allowance(missing: number, isAllowed: boolean): Allowance {
    const left = Math.max(0, Math.floor((windowMs - missing) / unitMs + 1e-6));
    const moreInMs = missing - (windowMs - (left + 1) * unitMs);
    return { quota, isAllowed, left, moreInSeconds: Math.max(1, Math.ceil(moreInMs / 1000)) };
  }

  return {
    take(bucket) {
      const { missing: before, isAllowed } = missingFrom(bucket);
      const missing = isAllowed ? before + unitMs : before;
      remember(bucket, now() + missing);
      return allowance(missing, isAllowed);
    },
    look(bucket) {
      const { missing, isAllowed } = missingFrom(bucket);
      return allowance(missing, isAllowed);
    },
  };
}

/** `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers): a structured list (RFC 9651). */
export const policyField = (quotas: readonly Quota[]): string =>
  quotas
    .map(({ name, units, windowSeconds }) => `"${name}";q=${units};w=${windowSeconds}`)
    .join(', ');

/** `RateLimit`, likewise. */
export const rateLimitField = ({ quota, left, moreInSeconds }: Allowance): string =>
  `"${quota.name}";r=${left};t=${moreInSeconds}`;
