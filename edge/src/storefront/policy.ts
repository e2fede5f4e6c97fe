import type { CachePolicy } from '../cache/index.ts';
import type { Config } from '../config.ts';
import { publicFields } from './answers.ts';
import { platformFields } from './platform.ts';
import { HIT_TIMING } from './server-timing.ts';

/** How the storefront's cache differs from any shared cache. Lifetimes are the origin's to say. */
export const STOREFRONT_POLICY: Partial<CachePolicy> = {
  // A visitor's reload must not cost the origin anything.
  obeysRequests: false,
  // The origin tells of every change by purge.
  vouches: true,
  passesCookies: false,
  keyedFields: ['accept-encoding'],
  bodyLimitBytes: 4 * 1024 * 1024,
  outgoing: (fields) => ({ ...publicFields(fields), ...HIT_TIMING }),
};

/** The same behind Workers Cache: its fields go out, and it is what vouches for their age. */
export const PLATFORM_POLICY: Partial<CachePolicy> = {
  ...STOREFRONT_POLICY,
  targetedFields: ['cloudflare-cdn-cache-control', 'cdn-cache-control'],
  outgoing: platformFields,
};

/** In front of any origin: everything RFC 9111 lets a shared cache do, nothing it does not. */
export const proxyPolicy = (config: Config): Partial<CachePolicy> => ({
  guessesFreshness: true,
  storesCookies: config.proxyStoresCookies,
});
