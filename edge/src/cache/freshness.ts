/** Decides whether a stored answer may be used, and how. Pure: the caller brings the clock. */
import type { Entry } from '../store/store.ts';

/**
 * `fresh`: use it. `stale`: use it and fetch a new one meanwhile (RFC 5861 §3).
 * `expired`: ask first. `gone`: as if it were not there.
 */
export type Freshness = 'fresh' | 'stale' | 'expired' | 'gone';

type Instants = Pick<
  Entry,
  'cachedAt' | 'staleAt' | 'deleteAt' | 'staleWhileRevalidateMs' | 'staleIfErrorMs' | 'staleAllowed'
>;

export function freshness(entry: Instants, nowMs: number): Freshness {
  if (nowMs < entry.staleAt) return 'fresh';
  if (nowMs < entry.staleAt + entry.staleWhileRevalidateMs) return 'stale';
  return nowMs < entry.deleteAt ? 'expired' : 'gone';
}

/** Whether it may stand in for an origin that fails (RFC 5861 §4). */
export function mayReplaceError(entry: Instants, nowMs: number): boolean {
  const windowMs = Math.max(entry.staleIfErrorMs, entry.staleWhileRevalidateMs);
  return nowMs < entry.staleAt + windowMs;
}

/**
 * For the `Age` field (RFC 9111 §5.1), in whole seconds. A cache that is told of every change knows
 * a fresh answer to be right at this moment, as if it had just been validated; so where it `vouches`
 * for them, age begins when freshness ends, and a browser's own short lifetime keeps its meaning.
 */
export function ageSeconds(entry: Instants, nowMs: number, vouches = false): number {
  const sinceMs = vouches ? entry.staleAt : entry.cachedAt;
  return Math.max(0, Math.floor((nowMs - sinceMs) / 1000));
}

/** What is left of the freshness, in whole seconds; negative once stale (RFC 9211 §2.6). */
export const ttlSeconds = (entry: Instants, nowMs: number): number =>
  Math.floor((entry.staleAt - nowMs) / 1000);
