/**
 * `Server-Timing` (W3C): what the cache did and how long the origin took, for the page's own
 * measurements. A hit's is one constant, stored with the answer, so that a hit costs nothing more.
 * Nothing is said behind Workers Cache, which would repeat one visitor's time to all.
 */
import type { Handling } from '../cache/index.ts';
import type { Platform } from './platform.ts';

const FIELD = 'server-timing';

/** Goes with every stored answer; true of a fresh hit. */
export const HIT_TIMING = { [FIELD]: 'cache;desc=hit' } as const;

interface Timed {
  readonly platform?: Platform | undefined;
  readonly now: () => number;
}

/** The field for an answer that was begun at this time, in milliseconds. */
export function timingFields(
  { platform, now }: Timed,
  handling: Handling,
  startedAtMs: number,
): Record<string, string> {
  if (platform) return {};
  if (handling.hit) return isStale(handling) ? { [FIELD]: 'cache;desc=stale' } : HIT_TIMING;
  if (!handling.fwd) return {};
  return { [FIELD]: `cache;desc=${outcomeOf(handling)}, origin;dur=${now() - startedAtMs}` };
}

/** Sets the field where it is not the one that is there. */
export function timed(
  deps: Timed,
  response: Response,
  handling: Handling,
  startedAtMs: number,
): Response {
  if (handling.hit && !isStale(handling)) return response;
  const { [FIELD]: value } = timingFields(deps, handling, startedAtMs);
  if (value !== undefined) response.headers.set(FIELD, value);
  return response;
}

const isStale = ({ ttl = 0 }: Handling): boolean => ttl < 0;

function outcomeOf({ fwd, collapsed }: Handling): string {
  if (collapsed) return 'collapsed';
  if (fwd === 'method') return 'pass';
  return fwd === 'stale' ? 'renewed' : 'miss';
}
