/** What the routes share: built once per isolate and passed in, so that tests pass in their own. */
import type { Layout, ReviewPage, Settings } from '@plaudit/contract';
import type { Context } from 'hono';
import type { Cache } from '../cache/index.ts';
import type { AssetSource, Config } from '../config.ts';
import type { Breaker } from '../storefront/breaker.ts';
import type { Limits } from '../storefront/limits.ts';
import type { ParsedShards } from '../storefront/rating-shard.ts';
import type { LoaderSource } from '../storefront/loader.ts';
import type { Platform } from '../storefront/platform.ts';
import type { Origin } from '../storefront/origin.ts';

/** What the SDK renders on servers; handed in, because the edge imports none of it. */
export interface Renderer {
  toStructuredData(
    product: Readonly<Record<string, unknown>>,
    page: ReviewPage,
  ): Readonly<Record<string, unknown>>;
  renderReviewsElement(page: ReviewPage, options: ElementOptions): string;
  reviewsStyles(settings: Partial<Settings>): string;
}

/** As far as the edge uses them. */
export interface ElementOptions {
  readonly product: string;
  readonly settings: Partial<Settings>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly layout?: NonNullable<Layout['arrangement']>;
  readonly stylesheet?: string;
}

export interface Deps {
  readonly config: Config;
  /** The storefront's own answers. */
  readonly cache: Cache;
  /**
   * What answers are made of, rating shards above all: on the platform it comes through the cache in
   * front of this very Worker.
   */
  readonly shardCache: Cache;
  readonly parsedShards: ParsedShards;
  /** Everyone else's, where the edge is a proxy for them. */
  readonly proxyCache: Cache;
  readonly origin: Origin;
  /** Keeps requests away from an origin that fails. */
  readonly breaker: Breaker;
  /** How often a visitor and a shop may make the origin work. */
  readonly limits: Limits;
  readonly assets: AssetSource;
  readonly loader: LoaderSource;
  readonly renderer: Renderer;
  /** Present where Workers Cache keeps the answers. */
  readonly platform?: Platform | undefined;
  readonly now: () => number;
}

/** One route; the app says at which path. */
export type Route = (context: Context) => Response | Promise<Response>;

/** A parameter of the path; every pattern that leads here has it. */
export const parameter = (context: Context, name: string): string => context.req.param(name) ?? '';

/** Work that outlives an answer goes to the Worker's execution context. */
export const lifetimeOf = (context: Context): Pick<ExecutionContext, 'waitUntil'> =>
  context.executionCtx;

/** Workers Cache, as far as this request sees it. */
export const platformCacheOf = (context: Context): CacheContext | undefined =>
  // Hono's own type of the execution context does not know it yet.
  (context.executionCtx as ExecutionContext).cache;

/** The query of a request, without parsing the rest of its URL. */
export function searchOf(context: Context): URLSearchParams {
  const at = context.req.url.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : context.req.url.slice(at + 1));
}
