/** Reads: brought into canonical form, answered from the cache, asked of the origin on a miss. */
import {
  parseReviewQuery,
  PRODUCT_ID_MAX_LENGTH,
  RATING_SHARD_COUNT,
  ratingShardPath,
  productReviewsPath,
  settingsPath,
  shopReviewsPath,
  toReviewSearch,
} from '@plaudit/contract';
import type { Context } from 'hono';
import { deliver } from '../cache/index.ts';
import { problem } from '../storefront/answers.ts';
import { chooseCoding } from '../storefront/encoding.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { Memo } from '../storefront/memo.ts';
import { storefrontRead } from '../storefront/read.ts';
import { lifetimeOf, parameter, searchOf, type Deps, type Route } from './context.ts';

/** Enough for the addresses that are read again and again. */
const KNOWN_MAX = 20_000;
const KNOWN_LENGTH_MAX = 512;

/** `GET /v1/shops/{appKey}/products/{productId}/reviews` */
export const getProductReviews = (deps: Deps): Route =>
  read(deps, (context) => {
    const appKey = parameter(context, 'appKey');
    const productId = parameter(context, 'productId');
    if (!isProductId(productId)) {
      const detail = `A product id has 1 to ${PRODUCT_ID_MAX_LENGTH} characters.`;
      return problem('not-found', { detail });
    }
    return withQuery(context, productReviewsPath(appKey, productId));
  });

/** `GET /v1/shops/{appKey}/reviews` */
export const getShopReviews = (deps: Deps): Route =>
  read(deps, (context) => withQuery(context, shopReviewsPath(parameter(context, 'appKey'))));

/** `GET /v1/shops/{appKey}/settings` */
export const getSettings = (deps: Deps): Route =>
  read(deps, (context) => settingsPath(parameter(context, 'appKey')));

/** `GET /v1/shops/{appKey}/rating-shards/{shard}` */
export const getRatingShard = (deps: Deps): Route =>
  read(deps, (context) => {
    const shard = Number(parameter(context, 'shard'));
    if (shard >= RATING_SHARD_COUNT) return problem('not-found');
    return ratingShardPath(parameter(context, 'appKey'), shard);
  });

/** The canonical path a request asks for, or what is wrong with it. */
type ToPath = (context: Context) => string | Response;

/** Answers a read; an address that was understood once is not parsed again. */
function read(deps: Deps, toPath: ToPath): Route {
  const known = new Memo<string>(KNOWN_MAX, KNOWN_LENGTH_MAX);

  return async (context) => {
    const { url, headers: client } = context.req.raw;
    let path = known.get(url);
    if (path === undefined) {
      const found = toPath(context);
      if (found instanceof Response) return found;
      path = found;
      known.set(url, path);
    }
    const request = storefrontRead(path, chooseCoding(client.get('accept-encoding')), client);
    const outcome = await deps.cache.resolve(request, lifetimeOf(context));
    return deliver(deps.cache, outcome, request, failureAnswer);
  };
}

function withQuery(context: Context, path: string): string | Response {
  const query = parseReviewQuery(searchOf(context));
  if (query.ok) return path + toReviewSearch(query.value);
  const { parameter, detail } = query;
  return problem('invalid-parameter', { parameter, detail });
}

const isProductId = (id: string): boolean =>
  id.length <= PRODUCT_ID_MAX_LENGTH && !id.includes('\0') && id.isWellFormed();
