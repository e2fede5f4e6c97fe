/** The storefront's reads, each brought into its canonical form. */
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
import { problem } from '../storefront/answers.ts';
import { cachedRead } from './cached-read.ts';
import { parameter, searchOf, type Deps, type Route } from './context.ts';

/** `GET /v1/shops/{appKey}/products/{productId}/reviews` */
export const getProductReviews = (deps: Deps): Route =>
  cachedRead(deps, (context) => {
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
  cachedRead(deps, (context) => withQuery(context, shopReviewsPath(parameter(context, 'appKey'))));

/** `GET /v1/shops/{appKey}/settings` */
export const getSettings = (deps: Deps): Route =>
  cachedRead(deps, (context) => settingsPath(parameter(context, 'appKey')));

/** `GET /v1/shops/{appKey}/rating-shards/{shard}` */
export const getRatingShard = (deps: Deps): Route =>
  cachedRead(deps, (context) => {
    const shard = Number(parameter(context, 'shard'));
    if (shard >= RATING_SHARD_COUNT) return problem('not-found');
    return ratingShardPath(parameter(context, 'appKey'), shard);
  });

function withQuery(context: Context, path: string): string | Response {
  const query = parseReviewQuery(searchOf(context));
  if (query.ok) return path + toReviewSearch(query.value);
  const { parameter, detail } = query;
  return problem('invalid-parameter', { parameter, detail });
}

const isProductId = (id: string): boolean =>
  id.length <= PRODUCT_ID_MAX_LENGTH && !id.includes('\0') && id.isWellFormed();
