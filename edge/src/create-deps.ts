/** Builds what the routes need from the configuration; tests bring their own fetch and clock. */
import { createCache } from './cache/index.ts';
import type { AssetSource, Config } from './config.ts';
import type { Deps } from './routes/context.ts';
import type { Blobs } from './store/blobs.ts';
import { MemoryStore } from './store/memory.ts';
import { NoStore } from './store/no-store.ts';
import { PersistentStore } from './store/persistent.ts';
import type { Store } from './store/store.ts';
import { TieredStore } from './store/tiered.ts';
import type { Platform } from './storefront/platform.ts';
import { createOrigin } from './storefront/origin.ts';
import { PLATFORM_POLICY, proxyPolicy, STOREFRONT_POLICY } from './storefront/policy.ts';

export interface Outside {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  readonly assets: AssetSource;
  readonly loaderScript: string;
  /** A place outside the isolate for the last known answers. */
  readonly answers?: Blobs | undefined;
  /** Workers Cache and all that belongs to it, where it is on. */
  readonly platform?: Platform | undefined;
}

export function createDeps(config: Config, outside: Outside): Deps {
  const { fetch, now, assets, loaderScript, platform } = outside;
  const origin = createOrigin(config.originUrl, fetch);
  const store = createStore(config, outside);
  const policy = platform ? PLATFORM_POLICY : STOREFRONT_POLICY;
  const cache = createCache({ store, fetch: origin.read, now, policy });
  const shardCache = platform
    ? createCache({ store, fetch: (path) => platform.fetch(path), now, policy })
    : cache;
  const proxyCache = createCache({ store, fetch: origin.proxy, now, policy: proxyPolicy(config) });
  return { config, cache, shardCache, proxyCache, origin, assets, loaderScript, platform, now };
}

function createStore(config: Config, { platform, answers, now }: Outside): Store {
  if (platform) return new NoStore();
  const memory = new MemoryStore(config.cacheMemoryBytes);
  return answers ? new TieredStore(memory, new PersistentStore(answers, now)) : memory;
}
