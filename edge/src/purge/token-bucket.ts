/**
 * The platform's allowance for purge calls: a bucket of 25 that fills at 5 a minute
 * (Cloudflare's Free plan, the least that any plan gives). Pure: the caller brings the clock.
 */

const CAPACITY = 25;
/** One more call every twelve seconds. */
const REFILL_MS = 12_000;
/** Above this there is plenty: a purge waits only for others of the same moment. */
const PLENTY = 15;
const PAUSE_PLENTY_MS = 250;

export interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

export const fullBucket = (nowMs: number): Bucket => ({ tokens: CAPACITY, atMs: nowMs });

/** The bucket as it has filled since. */
export function refilled(bucket: Bucket, nowMs: number): Bucket {
  const gained = Math.max(0, nowMs - bucket.atMs) / REFILL_MS;
  return { tokens: Math.min(CAPACITY, bucket.tokens + gained), atMs: nowMs };
}

/** How long until `calls` more are allowed. */
export function waitMs(bucket: Bucket, calls: number): number {
  return Math.max(0, Math.ceil((calls - bucket.tokens) * REFILL_MS));
}

/** How long to gather tags before a call: hardly while there is plenty, a refill's time when not. */
export const pauseMs = (bucket: Bucket): number =>
  bucket.tokens >= PLENTY ? PAUSE_PLENTY_MS : REFILL_MS;

/** The bucket with one call spent; call only when `waitMs(bucket, 1)` is 0. */
export const spent = (bucket: Bucket): Bucket => ({ ...bucket, tokens: bucket.tokens - 1 });
