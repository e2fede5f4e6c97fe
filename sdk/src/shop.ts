/** A shop, as every operation takes it: whose data, and how it is called. */

import { withPatience, type Clock } from './patience.ts';
import { createRequest, type Request } from './request.ts';

/** Where to read and how patient to be. */
export interface ShopOptions {
  /** Address of the edge, e.g. `https://reviews.example`. */
  edge: string;
  /** The shop's public key. */
  appKey: string;
  /** Used for every call instead of the global one. */
  fetch?: typeof fetch;
  /** Milliseconds a whole call may take, new tries included; 10,000 unless told. */
  deadlineMs?: number;
  /** What tells the time; tests bring their own. */
  clock?: Clock;
}

/** What operations are called on; whoever counts bytes can put one together out of `createRequest`. */
export interface Shop {
  readonly appKey: string;
  readonly request: Request;
}

/** Opening a shop does nothing yet: no request, no listener. */
export function openShop({
  edge,
  appKey,
  fetch = globalThis.fetch,
  ...patience
}: ShopOptions): Shop {
  const request = createRequest(edge.replace(/\/$/, ''), fetch);
  return { appKey, request: withPatience(request, patience) };
}
