/**
 * The life of a request in the cache, in the trade's words:
 *
 *   lookup ─┬─ hit ──────────────────────────────────────┐
 *           ├─ stale ── (fetch in the background) ───────┤
 *           ├─ miss, expired ── fetch ── store ──────────┼── deliver
 *           └─ pass ── fetch ────────────────────────────┘
 *
 * Concurrent fetches of one key are one. A failing origin never takes away an answer that may still
 * be given. The caller brings store, fetch and clock; `deliver` is in its own file.
 */
import type { Entry, Selection, Store } from '../store/store.ts';
import type { Handling } from './cache-status.ts';
import { arrived, fill, receive, type Filled, type FillDeps, type OriginFetch } from './fill.ts';
import { Flights, type Flight } from './flights.ts';
import { mayReplaceError, ttlSeconds } from './freshness.ts';
import { invalidated, isItsOwnPage } from './invalidation.ts';
import { lookUp, type Found } from './look-up.ts';
import { DEFAULT_POLICY, type CachePolicy } from './policy.ts';
import type { CacheRequest, Lifetime } from './request.ts';
import { selectVariant, isSelectedBy } from './vary.ts';
import { NO_WISHES, readWishes, type Wishes } from './wishes.ts';
import { LATE, within } from './within.ts';

/** What a request came to; `handling` says how, for `Cache-Status`. */
export type Outcome = { readonly handling: Handling } & (
  | { readonly entry: Entry }
  | { readonly response: Response }
  | { readonly failure: unknown }
);

export interface Cache {
  readonly policy: CachePolicy;
  readonly now: () => number;
  /**
   * Never rejects: an origin that fails is an outcome too. A hit in a store that answers at once is an
   * outcome at once: a turn of the event loop costs more than all the rest of it.
   */
  resolve(request: CacheRequest, lifetime: Lifetime): Outcome | Promise<Outcome>;
  /** `soft`: stale from now on. `hard`: gone. Says how many entries it was about. */
  purge(selection: Selection, mode: 'soft' | 'hard'): Promise<number>;
}

export interface CacheOptions {
  readonly store: Store;
  readonly fetch: OriginFetch;
  readonly now?: () => number;
  readonly policy?: Partial<CachePolicy>;
  /**
   * Asked before the origin is, about what is not stored at all: what this gives is the failure that
   * the client gets instead, and nobody else. For limits on how many misses one client may cause.
   */
  readonly refuse?: (request: CacheRequest) => Error | undefined;
}

type Reason = NonNullable<Handling['fwd']>;

/** Methods whose answers are looked for in the store. */
const LOOKED_UP = new Set(['GET', 'HEAD']);

/** RFC 9111 §5.2.1.7. */
const nothingCached = (): Outcome => ({
  response: new Response(null, { status: 504 }),
  handling: { detail: 'only-if-cached' },
});

/** Makes a cache. */
export function createCache(options: CacheOptions): Cache {
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  const now = options.now ?? Date.now;
  const { store, fetch, refuse } = options;
  const deps: FillDeps = { store, fetch, now, policy };
  const flights = new Flights<Filled>();

  function resolve(request: CacheRequest, lifetime: Lifetime): Outcome | Promise<Outcome> {
    if (!LOOKED_UP.has(request.method)) return pass(request, 'method');
    const wishes = policy.obeysRequests ? readWishes(request.client) : NO_WISHES;
    if (wishes.noStore) return pass(request, 'request');
    const kept = store.get(request.key);
    return kept instanceof Promise
      ? kept.then((variants) => answerFrom(variants, request, wishes, lifetime))
      : answerFrom(kept, request, wishes, lifetime);
  }

  function answerFrom(
    variants: readonly Entry[],
    request: CacheRequest,
    wishes: Wishes,
    lifetime: Lifetime,
  ): Outcome | Promise<Outcome> {
    const found = lookUp(variants, request, wishes, now());
    if (found.entry && found.state === 'fresh') return hit(found.entry);
    return wishes.onlyIfCached ? nothingCached() : ask(request, lifetime, found);
  }

  /** What is stored will not do as it is. */
  function ask(
    request: CacheRequest,
    lifetime: Lifetime,
    { entry, held, state, fwd }: Found,
  ): Outcome | Promise<Outcome> {
    if (entry && state === 'stale') return stale(request, lifetime, entry);
    if (request.method === 'HEAD') return pass(request, fwd);
    const isSpared = held !== 'fresh' && flights.isResting(request.key, now());
    const hasFallback = entry !== undefined && held !== 'fresh' && mayReplaceError(entry, now());
    if (hasFallback && isSpared) return hit(entry);
    const answer = fetched(request, lifetime, entry, fwd);
    return hasFallback ? inTime(request, answer) : answer;
  }

  /** An origin that is slow has failed as far as a reader with something to read is concerned. */
  async function inTime(request: CacheRequest, answer: Promise<Outcome>): Promise<Outcome> {
    const outcome = await within(answer, policy.staleWaitMs);
    if (outcome !== LATE) return outcome;
    flights.rest(request.key, now() + policy.retryAfterMs);
    return (await fallback(request, 'origin-slow')) ?? answer;
  }

  /** Looked up again, because a hard purge may have come meanwhile. */
  async function fallback(request: CacheRequest, detail: string): Promise<Outcome | undefined> {
    const entry = selectVariant(await store.get(request.key), request.forward);
    return entry && mayReplaceError(entry, now()) ? hit(entry, detail) : undefined;
  }

  function hit(entry: Entry, detail?: string): Outcome {
    const ttl = ttlSeconds(entry, now());
    return { entry, handling: { hit: true, ttl, ...(detail && { detail }) } };
  }

  /** Serves the old answer and fetches the new one; the first reader after a purge waits a moment for it. */
  async function stale(request: CacheRequest, lifetime: Lifetime, entry: Entry): Promise<Outcome> {
    const busy = flights.find(request.key) || flights.isResting(request.key, now());
    if (busy) return hit(entry);
    const flight = lead(request, lifetime, entry);
    if (!entry.purged || request.takesPurged) return hit(entry);
    await store.put({ ...entry, purged: false });
    const filled = await within(settled(flight), policy.staleWaitMs);
    return filled !== LATE && 'shared' in filled ? delivered(filled, 'stale') : hit(entry);
  }

  /** Joins the fetch under way, or leads one. */
  async function fetched(
    request: CacheRequest,
    lifetime: Lifetime,
    entry: Entry | undefined,
    fwd: Reason,
  ): Promise<Outcome> {
    const underWay = flights.find(request.key);
    if (!underWay) return led(request, lifetime, entry, fwd);
    const filled = await within(settled(underWay), policy.collapseWaitMs);
    if (filled === LATE) flights.abandon(underWay);
    else if ('failure' in filled) return conclude(request, filled, fwd);
    else if ('shared' in filled && isSelectedBy(filled.shared.vary, request.forward)) {
      return delivered(filled, fwd, true);
    }
    // Not for us, or never: everyone who waited asks for itself now, all at once.
    return led(request, lifetime, entry, fwd, true);
  }

  async function led(
    request: CacheRequest,
    lifetime: Lifetime,
    entry: Entry | undefined,
    fwd: Reason,
    alone = false,
  ): Promise<Outcome> {
    const refusal = entry ? undefined : refuse?.(request);
    if (refusal) return { failure: refusal, handling: { detail: 'refused' } };
    const flight = lead(request, lifetime, entry, alone);
    const answer = settled(flight);
    return conclude(request, await (entry ? answer : Promise.race([begun(flight), answer])), fwd);
  }

  /** A long answer as it arrives; what is cut short then can only be cut. */
  const begun = (flight: Flight<Filled>): Promise<Filled> =>
    new Promise((resolve) => {
      flight.begin = (own) => resolve({ own, why: 'streamed' });
    });

  /** Begins a fetch that outlives the client who caused it. */
  function lead(
    request: CacheRequest,
    lifetime: Lifetime,
    entry: Entry | undefined,
    alone = false,
  ): Flight<Filled> {
    const work = (flight: Flight<Filled>) => fill(deps, request, entry, flight);
    const flight = flights.start(request.key, work, alone);
    lifetime.waitUntil(settled(flight));
    return flight;
  }

  /** Waits for a fetch; remembers a failure, so that a dead origin is not asked for every reader. */
  async function settled(flight: Flight<Filled>): Promise<Filled | { failure: unknown }> {
    try {
      const filled = await flight.result;
      flights.wake(flight.key);
      return filled;
    } catch (failure) {
      flights.rest(flight.key, now() + policy.retryAfterMs);
      return { failure };
    }
  }

  async function conclude(
    request: CacheRequest,
    filled: Filled | { failure: unknown },
    fwd: Reason,
  ): Promise<Outcome> {
    if ('shared' in filled) return delivered(filled, fwd);
    if ('own' in filled) {
      return { response: filled.own, handling: { fwd, detail: filled.why } };
    }
    const { failure } = filled;
    const detail = 'origin-failed';
    return (await fallback(request, detail)) ?? { failure, handling: { fwd, detail } };
  }

  function delivered(
    filled: Extract<Filled, { shared: Entry }>,
    fwd: Reason,
    collapsed = false,
  ): Outcome {
    const { shared: entry, fwdStatus, stored } = filled;
    return {
      entry,
      handling: { fwd, fwdStatus, stored, collapsed, ttl: ttlSeconds(entry, now()) },
    };
  }

  async function pass(request: CacheRequest, fwd: Reason): Promise<Outcome> {
    const { method, forward, body } = request;
    const askedAt = now();
    try {
      const response = await fetch(request.url, { method, headers: forward, body: body ?? null });
      const keys = invalidated(request, response);
      if (keys.size > 0) await purge({ keys }, 'hard');
      if (!isItsOwnPage(request, response)) return { response, handling: { fwd } };
      const arrival = arrived(response, askedAt, now());
      const keeping = (flight: Flight<Filled>) => receive(deps, request, response, arrival, flight);
      return conclude(request, await settled(flights.start(request.key, keeping, true)), fwd);
    } catch (failure) {
      return { failure, handling: { fwd, detail: 'origin-failed' } };
    }
  }

  async function purge(selection: Selection, mode: 'soft' | 'hard'): Promise<number> {
    flights.notePurge(selection);
    return store.purge({ selection, mode, atMs: now() });
  }

  return { policy, now, resolve, purge };
}
