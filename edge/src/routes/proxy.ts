/**
 * Everything that is not Plaudit's own, where the edge stands alone in front of an origin: all
 * methods, standard semantics, through the same engine.
 */
import { deliver, type CacheRequest } from '../cache/index.ts';
import { endToEnd } from '../cache/fields.ts';
import { chooseCoding } from '../storefront/encoding.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { lifetimeOf, type Deps, type Route } from './context.ts';

/** RFC 9110 §7.6.3. */
const VIA = '1.1 plaudit';

export const proxy =
  (deps: Deps): Route =>
  async (context) => {
    const request = toCacheRequest(context.req.raw);
    const outcome = await deps.proxyCache.resolve(request, lifetimeOf(context));
    return deliver(deps.proxyCache, outcome, request, failureAnswer);
  };

function toCacheRequest(request: Request): CacheRequest {
  const { origin, pathname, search } = new URL(request.url);
  const path = pathname + search;
  const forward = new Headers(endToEnd(request.headers));
  forward.delete('host');
  forward.set('accept-encoding', chooseCoding(request.headers.get('accept-encoding')));
  forward.append('via', VIA);
  return {
    method: request.method,
    url: path,
    key: path,
    client: request.headers,
    forward,
    body: request.body,
    keyOf: (reference) => keyOf(reference, request.url, origin),
  };
}

/** The key of another page of the same origin (RFC 9111 §4.4). */
function keyOf(reference: string, base: string, origin: string): string | undefined {
  const url = URL.parse(reference, base);
  return url?.origin === origin ? url.pathname + url.search : undefined;
}
