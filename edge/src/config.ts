/** Everything the Worker is told from outside, read in this one place. */

import type { PurgeQueue } from './purge/own-queue.ts';

/** What answers requests for static files: Static Assets on Cloudflare, a disk service on workerd. */
export interface AssetSource {
  fetch(request: Request): Promise<Response>;
}

/** Bindings as `wrangler.toml` and `serve/` declare them. */
export interface Env {
  ORIGIN_URL: string;
  PURGE_SECRET?: string;
  /** The secret before this one, while it is being rotated. */
  PURGE_SECRET_PREVIOUS?: string;
  /** Bytes of memory for answers, as decimal text. */
  CACHE_MEMORY_BYTES?: string;
  /** The request field that a trusted server in front sets to the visitor's address. */
  CLIENT_ADDRESS_HEADER?: string;
  /** The share of the questions to the origin that are traced, from 0 to 1; absent, the origin decides. */
  TRACE_RATIO?: string;
  /** `on`: paths that are not Plaudit's own are proxied through the cache. */
  PROXY?: string;
  /** `on`: the proxy stores answers with `Set-Cookie` as well, for everyone to get. */
  PROXY_STORES_COOKIES?: string;
  ASSETS: AssetSource;
  /** Where answers survive a restart; absent, memory is all there is. */
  ANSWERS?: KVNamespace;
  /** Needed where Workers Cache is on. */
  PURGE_QUEUE?: DurableObjectNamespace<PurgeQueue>;
}

export interface Config {
  /** Without a slash at the end. */
  readonly originUrl: string;
  readonly purgeSecrets: readonly string[];
  readonly cacheMemoryBytes: number;
  readonly clientAddressHeader: string | undefined;
  readonly traceRatio: number | undefined;
  readonly isProxy: boolean;
  readonly proxyStoresCookies: boolean;
}

/** Half of what a Worker's isolate has; the rest is for bodies under way. */
const CACHE_MEMORY_BYTES_DEFAULT = 64 * 1024 * 1024;

/** @throws {Error} naming the variable that is missing or not valid. */
export function readConfig(env: Env): Config {
  const originUrl = URL.parse(env.ORIGIN_URL);
  if (!originUrl) throw new Error('ORIGIN_URL must be the base URL of the origin');
  const cacheMemoryBytes = Number(env.CACHE_MEMORY_BYTES ?? CACHE_MEMORY_BYTES_DEFAULT);
  if (!Number.isSafeInteger(cacheMemoryBytes) || cacheMemoryBytes <= 0) {
    throw new Error('CACHE_MEMORY_BYTES must be a positive whole number');
  }
  const traceRatio = env.TRACE_RATIO ? Number(env.TRACE_RATIO) : undefined;
  if (traceRatio !== undefined && !(traceRatio >= 0 && traceRatio <= 1)) {
    throw new Error('TRACE_RATIO must be a number from 0 to 1');
  }
  return {
    originUrl: originUrl.href.replace(/(?<!\/)\/+$/, ''),
    purgeSecrets: [env.PURGE_SECRET, env.PURGE_SECRET_PREVIOUS].filter(
      (secret) => !!secret,
    ) as string[],
    cacheMemoryBytes,
    clientAddressHeader: env.CLIENT_ADDRESS_HEADER || undefined,
    traceRatio,
    isProxy: env.PROXY === 'on',
    proxyStoresCookies: env.PROXY_STORES_COOKIES === 'on',
  };
}
