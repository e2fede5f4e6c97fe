/** When to try again, by the schedule that Standard Webhooks proposes: ten attempts in about four days. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** So that what failed together does not come back together. */
const JITTER = 0.1;
const RETRY_AFTER_MAX_MS = 24 * HOUR;
/** RFC 9110 §5.6.7; `Date.parse` takes far more for a date. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long to wait after a failed attempt.
 * @param failed attempts so far, the one that just failed among them
 * @param retryAfterMs what the receiver asked for; its wish makes the wait longer, never shorter
 * @param random from 0 to 1
 * @returns undefined after the last attempt
 */
export function nextWaitMs(
  failed: number,
  retryAfterMs: number,
  random: number,
): number | undefined {
  const wait = WAITS_MS[failed - 1];
  if (wait === undefined) return undefined;
  const spread = wait * (1 + JITTER * (2 * random - 1));
  return Math.round(Math.max(spread, Math.min(retryAfterMs, RETRY_AFTER_MAX_MS)));
}

/** Milliseconds of a `Retry-After` field (RFC 9110 §10.2.3); 0 where it says nothing. */
export function parseRetryAfter(field: string | null, nowMs: number): number {
  if (field === null) return 0;
  if (/^\d{1,9}$/.test(field)) return Number(field) * SECOND;
  const atMs = HTTP_DATE.test(field) ? Date.parse(field) : Number.NaN;
  return Number.isNaN(atMs) ? 0 : Math.max(0, atMs - nowMs);
}
