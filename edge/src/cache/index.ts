/** The cache's public face: what a Worker needs to put a shared HTTP cache before any origin. */
export { createCache } from './cache.ts';
export type { Cache, CacheOptions, Outcome } from './cache.ts';
export { cacheStatus } from './cache-status.ts';
export type { Handling } from './cache-status.ts';
export { deliver } from './deliver.ts';
export type { FailureAnswer } from './deliver.ts';
export type { OriginFetch } from './fill.ts';
export { DEFAULT_POLICY } from './policy.ts';
export type { CachePolicy } from './policy.ts';
export type { CacheRequest, Lifetime } from './request.ts';
