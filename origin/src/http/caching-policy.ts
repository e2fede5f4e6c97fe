/**
 * How long each kind of answer may be kept, and by whom: the whole policy on one screen.
 * Browsers read `Cache-Control`, edges read `CDN-Cache-Control` (RFC 9213) first. No `s-maxage`,
 * `must-revalidate` or `proxy-revalidate`: they forbid the stale answers that an outage needs.
 */

const SECOND = 1;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface CachingPolicy {
  browser: string;
  edge: string;
}

const keep = (freshSeconds: number, staleSeconds: number, ifErrorSeconds: number): string =>
  `max-age=${freshSeconds}, stale-while-revalidate=${staleSeconds}, stale-if-error=${ifErrorSeconds}`;

export const CACHING_POLICIES = {
  /** Purged when a review changes, so edges may keep them long. */
  reviews: { browser: `public, ${keep(MINUTE, HOUR, DAY)}`, edge: keep(DAY, 7 * DAY, 7 * DAY) },
  questions: { browser: `public, ${keep(MINUTE, HOUR, DAY)}`, edge: keep(DAY, 7 * DAY, 7 * DAY) },
  ratings: { browser: `public, ${keep(MINUTE, HOUR, DAY)}`, edge: keep(DAY, 7 * DAY, 7 * DAY) },
  settings: { browser: `public, ${keep(MINUTE, HOUR, DAY)}`, edge: keep(DAY, 7 * DAY, 7 * DAY) },
  /** Made once, never changed: purged where its review is. */
  media: {
    browser: 'public, max-age=31536000, immutable',
    edge: keep(30 * DAY, 7 * DAY, 30 * DAY),
  },
  /** A shop that is made a moment later must not stay unknown. */
  unknownShop: { browser: 'no-store', edge: `max-age=${5 * SECOND}` },
} satisfies Record<string, CachingPolicy>;

/** The fields of a policy. */
export function cachingFields(policy: keyof typeof CACHING_POLICIES): Record<string, string> {
  const { browser, edge } = CACHING_POLICIES[policy];
  return { 'cache-control': browser, 'cdn-cache-control': edge };
}

/** Errors and writes: kept by nobody. */
export const NO_STORE = { 'cache-control': 'no-store' };
