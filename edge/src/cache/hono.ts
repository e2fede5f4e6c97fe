/** The cache as a Hono handler: everything that reaches it is answered from the cache or its origin. */
import type { Context } from 'hono';
import type { Cache } from './cache.ts';
import { deliver, type FailureAnswer } from './deliver.ts';
import { endToEnd } from './fields.ts';
import type { CacheRequest } from './request.ts';

export interface SharedCacheOptions {
  /** Changes what the origin gets of a request, such as a normalised `Accept-Encoding`. */
  readonly prepare?: (forward: Headers, request: Request) => void;
  /** What a client gets when the origin gives no answer; an empty 502 by default. */
  readonly onFailure?: FailureAnswer;
}

/**
 * `app.all('*', sharedCache(cache))`. The key is path and query, so one cache serves one site. The
 * cache's `fetch` is given that path and query.
 */
export function sharedCache(
  cache: Cache,
  { prepare = () => undefined, onFailure = badGateway }: SharedCacheOptions = {},
): (context: Context) => Promise<Response> {
  return async (context) => {
    const request = toCacheRequest(context.req.raw, prepare);
    const outcome = await cache.resolve(request, context.executionCtx);
    return deliver(cache, outcome, request, onFailure);
  };
}

const badGateway = (): Response => new Response(null, { status: 502 });

function toCacheRequest(
  request: Request,
  prepare: NonNullable<SharedCacheOptions['prepare']>,
): CacheRequest {
  const { origin, pathname, search } = new URL(request.url);
  const target = pathname + search;
  const forward = new Headers(endToEnd(request.headers));
  forward.delete('host');
  prepare(forward, request);
  return {
    method: request.method,
    url: target,
    key: target,
    client: request.headers,
    forward,
    body: request.body,
    keyOf: (reference) => keyOf(reference, request.url, origin),
  };
}

/** The key of another page of the same site (RFC 9111 §4.4). */
function keyOf(reference: string, base: string, origin: string): string | undefined {
  const url = URL.parse(reference, base);
  return url?.origin === origin ? url.pathname + url.search : undefined;
}
