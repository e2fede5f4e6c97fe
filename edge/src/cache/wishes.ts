/** What a client asks of a cache (RFC 9111 §5.2.1), where the policy listens to that. */
import type { Entry } from '../store/store.ts';
import { parseDirectives, secondsOf, type Directives } from './directives.ts';
import type { Freshness } from './freshness.ts';

export interface Wishes {
  /** Neither look it up nor keep it. */
  readonly noStore: boolean;
  /** Ask the origin before using what is stored. */
  readonly noCache: boolean;
  /** Do not ask the origin at all. */
  readonly onlyIfCached: boolean;
  readonly maxAgeMs: number | undefined;
  readonly minFreshMs: number | undefined;
  /** How stale an answer may be; infinite where no limit is named. */
  readonly maxStaleMs: number | undefined;
}

export const NO_WISHES: Wishes = {
  noStore: false,
  noCache: false,
  onlyIfCached: false,
  maxAgeMs: undefined,
  minFreshMs: undefined,
  maxStaleMs: undefined,
};

export function readWishes(client: Headers): Wishes {
  const value = client.get('cache-control');
  if (value === null) {
    // RFC 9111 §5.4: says the same, to those who know no Cache-Control.
    const noCache = /(?:^|,)\s*no-cache\s*(?:,|$)/i.test(client.get('pragma') ?? '');
    return noCache ? { ...NO_WISHES, noCache } : NO_WISHES;
  }
  const directives = parseDirectives(value);
  return {
    noStore: directives.has('no-store'),
    noCache: directives.has('no-cache'),
    onlyIfCached: directives.has('only-if-cached'),
    maxAgeMs: milliseconds(directives, 'max-age'),
    minFreshMs: milliseconds(directives, 'min-fresh'),
    maxStaleMs:
      directives.get('max-stale') === true ? Infinity : milliseconds(directives, 'max-stale'),
  };
}

/** How usable an answer is to this client. */
export function asWished(
  state: Freshness,
  entry: Pick<Entry, 'cachedAt' | 'staleAt' | 'staleAllowed'>,
  wishes: Wishes,
  nowMs: number,
): Freshness {
  if (wishes === NO_WISHES || state === 'gone') return state;
  if (wishes.noCache || isTooOld(entry, wishes, nowMs)) return 'expired';
  if (state === 'fresh' || wishes.maxStaleMs === undefined) return state;
  return entry.staleAllowed && nowMs - entry.staleAt <= wishes.maxStaleMs ? 'fresh' : state;
}

function isTooOld(
  entry: Pick<Entry, 'cachedAt' | 'staleAt'>,
  { maxAgeMs, minFreshMs }: Wishes,
  nowMs: number,
): boolean {
  // Nothing is younger than no age at all: `max-age=0` is how browsers reload.
  if (maxAgeMs !== undefined && (maxAgeMs === 0 || nowMs - entry.cachedAt > maxAgeMs)) return true;
  return minFreshMs !== undefined && entry.staleAt - nowMs < minFreshMs;
}

function milliseconds(directives: Directives, name: string): number | undefined {
  const seconds = secondsOf(directives, name);
  return seconds === undefined ? undefined : seconds * 1000;
}
