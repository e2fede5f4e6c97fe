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
import { storefrontRead } from '../storefront/read.ts';
import { lifetimeOf, parameter, searchOf, type Deps, type Route } from './context.ts';

/** `GET /v1/shops/{appKey}/products/{productId}/reviews` */
export const getProductReviews =
  (deps: Deps): Route =>
  (context) => {
    const appKey = parameter(context, 'appKey');
    const productId = parameter(context, 'productId');
    if (!isProductId(productId)) {
      const detail = `A product id has 1 to ${PRODUCT_ID_MAX_LENGTH} characters.`;
      return problem('not-found', { detail });
    }
    return answerList(deps, context, productReviewsPath(appKey, productId));
  };

/** `GET /v1/shops/{appKey}/reviews` */
export const getShopReviews =
  (deps: Deps): Route =>
  (context) =>
    answerList(deps, context, shopReviewsPath(parameter(context, 'appKey')));

/** `GET /v1/shops/{appKey}/settings` */
export const getSettings =
  (deps: Deps): Route =>
  (context) =>
    answerRead(deps, context, settingsPath(parameter(context, 'appKey')));

/** `GET /v1/shops/{appKey}/rating-shards/{shard}` */
export const getRatingShard =
  (deps: Deps): Route =>
  (context) => {
    const shard = Number(parameter(context, 'shard'));
    if (shard >= RATING_SHARD_COUNT) return problem('not-found');
    return answerRead(deps, context, ratingShardPath(parameter(context, 'appKey'), shard));
  };

function answerList(deps: Deps, context: Context, path: string): Response | Promise<Response> {
  const query = parseReviewQuery(searchOf(context));
  if (!query.ok) {
    const { parameter, detail } = query;
    return problem('invalid-parameter', { parameter, detail });
  }
  return answerRead(deps, context, path + toReviewSearch(query.value));
}

async function answerRead(deps: Deps, context: Context, path: string): Promise<Response> {
  const client = context.req.raw.headers;
  const request = storefrontRead(path, chooseCoding(client.get('accept-encoding')), client);
  const outcome = await deps.cache.resolve(request, lifetimeOf(context));
  return deliver(deps.cache, outcome, request, failureAnswer);
}

const isProductId = (id: string): boolean =>
  id.length <= PRODUCT_ID_MAX_LENGTH && !id.includes('\0') && id.isWellFormed();
