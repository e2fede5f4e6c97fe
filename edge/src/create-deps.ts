/** Builds what the routes need from the configuration; tests bring their own fetch and clock. */
import { proveClientAddress } from '@plaudit/contract';
import { createCache, type CacheRequest } from './cache/index.ts';
import type { AssetSource, Config } from './config.ts';
import type { Deps, Renderer } from './routes/context.ts';
import type { Blobs } from './store/blobs.ts';
import { MemoryStore } from './store/memory.ts';
import { NoStore } from './store/no-store.ts';
import { PersistentStore } from './store/persistent.ts';
import type { Store } from './store/store.ts';
import { TieredStore } from './store/tiered.ts';
import { ParsedShards } from './storefront/rating-shard.ts';
import type { LoaderSource } from './storefront/loader.ts';
import type { Platform } from './storefront/platform.ts';
import { createBreaker } from './storefront/breaker.ts';
import { CLOUDFLARE_ADDRESS_FIELD } from './storefront/client-address.ts';
import { createLimits } from './storefront/limits.ts';
import { createOrigin, type Waits } from './storefront/origin.ts';
import { createTracing } from './storefront/tracing.ts';
import { PLATFORM_POLICY, proxyPolicy, STOREFRONT_POLICY } from './storefront/policy.ts';

/** The share of the memory for rating shards taken apart; the rest is for answers. */
const PARSED_SHARE = 1 / 8;

export interface Outside {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly now: () => number;
  /** How long the origin is waited for, where not as usual. */
  readonly waits?: Waits | undefined;
  readonly assets: AssetSource;
  readonly loader: LoaderSource;
  readonly renderer: Renderer;
  /** A place outside the isolate for the last known answers. */
  readonly answers?: Blobs | undefined;
  /** Workers Cache and all that belongs to it, where it is on. */
  readonly platform?: Platform | undefined;
}

export function createDeps(given: Config, outside: Outside): Deps {
  const { fetch, now, waits, assets, loader, renderer, platform } = outside;
  // On Cloudflare any other field is the visitor's own invention.
  const config = platform ? { ...given, clientAddressHeader: CLOUDFLARE_ADDRESS_FIELD } : given;
  const limits = createLimits(now, config.clientAddressHeader);
  const refuse = ({ client }: CacheRequest) => limits.miss(client);
  const breaker = createBreaker(now);
  const { originUrl: baseUrl, traceRatio } = config;
  const beginTrace = traceRatio === undefined ? undefined : createTracing(traceRatio);
  const proveAddress = proofOf(config.purgeSecrets, now);
  const origin = createOrigin({ baseUrl, fetch, breaker, waits, beginTrace, proveAddress });
  const store = createStore(config, outside);
  const policy = platform ? PLATFORM_POLICY : STOREFRONT_POLICY;
  const cache = createCache({ store, fetch: origin.read, now, policy, refuse });
  const shardCache = platform
    ? createCache({ store, fetch: (path) => platform.fetch(path), now, policy })
    : cache;
  const proxyCache = createCache({ store, fetch: origin.proxy, now, policy: proxyPolicy(config) });
  return {
    config,
    cache,
    shardCache,
    parsedShards: new ParsedShards(config.cacheMemoryBytes * PARSED_SHARE),
    proxyCache,
    origin,
    breaker,
    limits,
    assets,
    loader,
    renderer,
    platform,
    now,
  };
}

/** With what makes purges ours; `undefined` without any, since nothing can be proved then. */
function proofOf(secrets: readonly string[], now: () => number) {
  if (secrets.length === 0) return undefined;
  return (address: string) => proveClientAddress(secrets, address, now());
}

function createStore(config: Config, { platform, answers, now }: Outside): Store {
  if (platform) return new NoStore();
  const memory = new MemoryStore(config.cacheMemoryBytes * (1 - PARSED_SHARE));
  return answers ? new TieredStore(memory, new PersistentStore(answers, now)) : memory;
}
