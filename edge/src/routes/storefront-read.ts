/** The storefront's reads, each brought into its canonical form. */
import {
  parseQuestionQuery,
  parseReviewQuery,
  PRODUCT_ID_MAX_LENGTH,
  RATING_SHARD_COUNT,
  mediaRenditionPath,
  ratingShardPath,
  productQuestionsPath,
  productReviewsPath,
  productTopicsPath,
  settingsPath,
  shopReviewsPath,
  siteReviewsPath,
  toQuestionSearch,
  toReviewSearch,
} from '@plaudit/contract';
import type { Context } from 'hono';
import { problem } from '../storefront/answers.ts';
import { isProductId } from '../storefront/product-id.ts';
import { photoRead } from '../storefront/read.ts';
import { cachedRead } from './cached-read.ts';
import { parameter, searchOf, type Deps, type Route } from './context.ts';

/** `GET /v1/shops/{appKey}/products/{productId}/reviews` */
export const getProductReviews = (deps: Deps): Route =>
  cachedRead(deps, (context) => {
    const appKey = parameter(context, 'appKey');
    const productId = parameter(context, 'productId');
    if (!isProductId(productId)) return wrongProductId();
    return withQuery(context, productReviewsPath(appKey, productId));
  });

/** `GET /v1/shops/{appKey}/products/{productId}/questions` */
export const getProductQuestions = (deps: Deps): Route =>
  cachedRead(deps, (context) => {
    const productId = parameter(context, 'productId');
    if (!isProductId(productId)) return wrongProductId();
    const query = parseQuestionQuery(searchOf(context));
    if (!query.ok) return wrongParameter(query);
    const path = productQuestionsPath(parameter(context, 'appKey'), productId);
    return path + toQuestionSearch(query.value);
  });

/** `GET /v1/shops/{appKey}/products/{productId}/topics` */
export const getProductTopics = (deps: Deps): Route =>
  cachedRead(deps, (context) => {
    const productId = parameter(context, 'productId');
    if (!isProductId(productId)) return wrongProductId();
    return productTopicsPath(parameter(context, 'appKey'), productId);
  });

/** `GET /v1/shops/{appKey}/reviews` */
export const getShopReviews = (deps: Deps): Route =>
  cachedRead(deps, (context) => withQuery(context, shopReviewsPath(parameter(context, 'appKey'))));

/** `GET /v1/shops/{appKey}/site/reviews` */
export const getSiteReviews = (deps: Deps): Route =>
  cachedRead(deps, (context) => withQuery(context, siteReviewsPath(parameter(context, 'appKey'))));

/** `GET /v1/shops/{appKey}/settings` */
export const getSettings = (deps: Deps): Route =>
  cachedRead(deps, (context) => settingsPath(parameter(context, 'appKey')));

/** `GET /v1/shops/{appKey}/media/{mediaId}/{size}.webp` */
export const getPhoto = (deps: Deps): Route =>
  cachedRead(
    deps,
    (context) => {
      const size = parameter(context, 'file').replace('.webp', '') as 'small' | 'medium' | 'large';
      return mediaRenditionPath(parameter(context, 'appKey'), parameter(context, 'mediaId'), size);
    },
    { toRequest: photoRead },
  );

/** `GET /v1/shops/{appKey}/rating-shards/{shard}` */
export const getRatingShard = (deps: Deps): Route =>
  cachedRead(deps, (context) => {
    const shard = Number(parameter(context, 'shard'));
    if (shard >= RATING_SHARD_COUNT) return problem('not-found');
    return ratingShardPath(parameter(context, 'appKey'), shard);
  });

function withQuery(context: Context, path: string): string | Response {
  const query = parseReviewQuery(searchOf(context));
  return query.ok ? path + toReviewSearch(query.value) : wrongParameter(query);
}

const wrongParameter = ({ parameter, detail }: { parameter: string; detail: string }): Response =>
  problem('invalid-parameter', { parameter, detail });

const wrongProductId = (): Response =>
  problem('not-found', {
    detail: `A product id has 1 to ${PRODUCT_ID_MAX_LENGTH} characters.`,
  });
