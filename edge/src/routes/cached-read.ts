import type { Context } from 'hono';
import { deliver, type CacheRequest, type FailureAnswer, type Outcome } from '../cache/index.ts';
import { chooseCoding } from '../storefront/encoding.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { Memo } from '../storefront/memo.ts';
import { storefrontRead } from '../storefront/read.ts';
import { timed } from '../storefront/server-timing.ts';
import { lifetimeOf, type Deps, type Route } from './context.ts';

/** Enough for the addresses that are read again and again. */
const KNOWN_MAX = 20_000;
const KNOWN_LENGTH_MAX = 512;

/** The canonical path a request asks for, or what is wrong with it. */
type ToPath = (context: Context) => string | Response;

/** What differs from a read of our own API. */
interface CachedReadOptions {
  onFailure?: FailureAnswer;
  toRequest?: (path: string, client: Headers) => CacheRequest;
}

const jsonRead = (path: string, client: Headers): CacheRequest =>
  storefrontRead(path, chooseCoding(client.get('accept-encoding')), client);

/**
 * Answers a read from the cache, or from the origin on a miss. An address that was understood once is not parsed
 * again.
 */
export function cachedRead(
  deps: Deps,
  toPath: ToPath,
  { onFailure = failureAnswer, toRequest = jsonRead }: CachedReadOptions = {},
): Route {
  const known = new Memo<string>(KNOWN_MAX, KNOWN_LENGTH_MAX);

  return (context) => {
    const { url, headers: client } = context.req.raw;
    let path = known.get(url);
    if (path === undefined) {
      const found = toPath(context);
      if (found instanceof Response) return found;
      path = found;
      known.set(url, path);
    }
    const request = toRequest(path, client);
    const startedAt = deps.now();
    const answer = (outcome: Outcome): Response => {
      const response = deliver(deps.cache, outcome, request, onFailure);
      return timed(deps, response, outcome.handling, startedAt);
    };
    const outcome = deps.cache.resolve(request, lifetimeOf(context));
    return outcome instanceof Promise ? outcome.then(answer) : answer(outcome);
  };
}
