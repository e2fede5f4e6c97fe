/**
 * Everything that is not Plaudit's own, where the edge stands alone in front of an origin: all
 * methods, standard semantics, through the same engine.
 */
import { sharedCache } from '../cache/hono.ts';
import { chooseCoding } from '../storefront/encoding.ts';
import { failureAnswer } from '../storefront/failure.ts';
import type { Deps, Route } from './context.ts';

/** RFC 9110 §7.6.3. */
const VIA = '1.1 plaudit';

export const proxy = (deps: Deps): Route =>
  sharedCache(deps.proxyCache, { prepare, onFailure: failureAnswer });

function prepare(forward: Headers, request: Request): void {
  forward.set('accept-encoding', chooseCoding(request.headers.get('accept-encoding')));
  forward.append('via', VIA);
}
