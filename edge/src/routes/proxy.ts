/**
 * Everything that is not Plaudit's own, where the edge stands alone in front of an origin: all
 * methods, standard semantics, through the same engine.
 */
import { CLIENT_ADDRESS_FIELD } from '@plaudit/contract';
import { sharedCache } from '../cache/hono.ts';
import { clientAddress } from '../storefront/client-address.ts';
import { chooseCoding } from '../storefront/encoding.ts';
import { failureAnswer } from '../storefront/failure.ts';
import type { Deps, Route } from './context.ts';

/** RFC 9110 §7.6.3. */
const VIA = '1.1 plaudit';

export const proxy = (deps: Deps): Route =>
  sharedCache(deps.proxyCache, { prepare: prepareFor(deps), onFailure: failureAnswer });

const prepareFor =
  ({ config }: Deps) =>
  (forward: Headers, request: Request): void => {
    // An origin believes the edge about this, so no client may say it through the edge.
    const address = clientAddress(request.headers, config.clientAddressHeader);
    if (address === undefined) forward.delete(CLIENT_ADDRESS_FIELD);
    else forward.set(CLIENT_ADDRESS_FIELD, address);
    forward.set('accept-encoding', chooseCoding(request.headers.get('accept-encoding')));
    forward.append('via', VIA);
  };
