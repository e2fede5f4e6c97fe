/** Finds what the store holds for a request and says how it may be used. Pure. */
import type { Entry } from '../store/store.ts';
import type { Handling } from './cache-status.ts';
import { freshness, type Freshness } from './freshness.ts';
import type { CacheRequest } from './request.ts';
import { selectVariant } from './vary.ts';
import { asWished, type Wishes } from './wishes.ts';

export interface Found {
  /** Absent where nothing is of any use. */
  readonly entry: Entry | undefined;
  /** How the answer stands in itself. */
  readonly held: Freshness;
  /** How usable it is to this client. */
  readonly state: Freshness;
  /** Why the origin is asked, should it be. */
  readonly fwd: NonNullable<Handling['fwd']>;
}

export function lookUp(
  variants: readonly Entry[],
  request: CacheRequest,
  wishes: Wishes,
  nowMs: number,
): Found {
  const selected = selectVariant(variants, request.forward);
  if (!selected) {
    const fwd = variants.length > 0 ? 'vary-miss' : 'uri-miss';
    return { entry: undefined, held: 'gone', state: 'gone', fwd };
  }
  const held = freshness(selected, nowMs);
  const state = asWished(held, selected, wishes, nowMs);
  const entry = state === 'gone' ? undefined : selected;
  // What is fresh is passed over only because the client wished so.
  return { entry, held, state, fwd: held === 'fresh' ? 'request' : 'stale' };
}
