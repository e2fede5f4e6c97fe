/** Builds what the routes need from the configuration; tests bring their own fetch and clock. */
import { createCache } from './cache/index.ts';
import type { AssetSource, Config } from './config.ts';
import type { Deps } from './routes/context.ts';
import type { Blobs } from './store/blobs.ts';
import { MemoryStore } from './store/memory.ts';
import { PersistentStore } from './store/persistent.ts';
import { TieredStore } from './store/tiered.ts';
import { createOrigin } from './storefront/origin.ts';
import { proxyPolicy, STOREFRONT_POLICY } from './storefront/policy.ts';

export interface Outside {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  readonly assets: AssetSource;
  readonly loaderScript: string;
  /** A place outside the isolate for the last known answers. */
  readonly answers?: Blobs | undefined;
}

export function createDeps(config: Config, outside: Outside): Deps {
  const { fetch, now, assets, loaderScript } = outside;
  const origin = createOrigin(config.originUrl, fetch);
  const memory = new MemoryStore(config.cacheMemoryBytes);
  const store = outside.answers
    ? new TieredStore(memory, new PersistentStore(outside.answers, now))
    : memory;
  const cache = createCache({ store, fetch: origin.read, now, policy: STOREFRONT_POLICY });
  const proxyCache = createCache({ store, fetch: origin.proxy, now, policy: proxyPolicy(config) });
  return { config, cache, proxyCache, origin, assets, loaderScript, now };
}
