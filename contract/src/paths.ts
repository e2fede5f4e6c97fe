/**
 * One function per path of the storefront API, and beside it the pattern a router matches it with.
 * The shop stands in the path, never only in the host: caches that leave the host out of their key
 * still keep shops apart.
 */

import { SITE_PRODUCT_ID } from './site-product.ts';

export * from './ratings-call.ts';

const shopBase = (appKey: string): string => `/v1/shops/${encodeURIComponent(appKey)}`;
const productBase = (appKey: string, productId: string): string =>
  `${shopBase(appKey)}/products/${encodeURIComponent(productId)}`;

/** All ratings of one shard of a shop's products; the edge composes batch answers from these. */
export const ratingShardPath = (appKey: string, shard: number): string =>
  `${shopBase(appKey)}/rating-shards/${shard}`;

/** Reviews of one product, or of the shop itself by its name among products: read with GET, written with POST. */
export const productReviewsPath = (appKey: string, productId: string): string =>
  productId === SITE_PRODUCT_ID
    ? siteReviewsPath(appKey)
    : `${productBase(appKey, productId)}/reviews`;

/** The product's rating and first reviews as schema.org data; composed at the edge. */
export const structuredDataPath = (appKey: string, productId: string): string =>
  `${productBase(appKey, productId)}/structured-data.json`;

/** The product's first reviews as an element for servers to put into their pages; composed at the edge. */
export const reviewsHtmlPath = (appKey: string, productId: string): string =>
  `${productBase(appKey, productId)}/reviews.html`;

/** The styles of that element, for pages that allow no style elements. */
export const reviewsStylesPath = (appKey: string): string => `${shopBase(appKey)}/reviews.css`;

/** All reviews of a shop, those of its products and those of itself. */
export const shopReviewsPath = (appKey: string): string => `${shopBase(appKey)}/reviews`;

/** Reviews of the shop itself: read with GET, written with POST. */
export const siteReviewsPath = (appKey: string): string => `${shopBase(appKey)}/site/reviews`;

/** What reviewers of a product talk about. */
export const productTopicsPath = (appKey: string, productId: string): string =>
  `${productBase(appKey, productId)}/topics`;

/** Questions about one product: read with GET, asked with POST. */
export const productQuestionsPath = (appKey: string, productId: string): string =>
  `${productBase(appKey, productId)}/questions`;

/** A review that waits; its writer changes it with POST. */
export const reviewPath = (appKey: string, reviewId: string): string =>
  `${shopBase(appKey)}/reviews/${encodeURIComponent(reviewId)}`;

/** Where whoever wrote a review withdraws it, with POST: that needs no preflight. */
export const reviewWithdrawalPath = (appKey: string, reviewId: string): string =>
  `${reviewPath(appKey, reviewId)}/withdrawal`;

/** Votes on a review, cast with POST. */
export const reviewVotesPath = (appKey: string, reviewId: string): string =>
  `${shopBase(appKey)}/reviews/${encodeURIComponent(reviewId)}/votes`;

/** Votes on a question. */
export const questionVotesPath = (appKey: string, questionId: string): string =>
  `${shopBase(appKey)}/questions/${encodeURIComponent(questionId)}/votes`;

/** Votes on an answer to a question. */
export const answerVotesPath = (appKey: string, answerId: string): string =>
  `${shopBase(appKey)}/answers/${encodeURIComponent(answerId)}/votes`;

/** Photos and videos of a review that is yet to be sent, uploaded with POST. */
export const mediaUploadPath = (appKey: string): string => `${shopBase(appKey)}/media`;

/** A photo in one of the sizes that are shown. */
export const mediaRenditionPath = (
  appKey: string,
  mediaId: string,
  size: 'small' | 'medium' | 'large',
): string => `${shopBase(appKey)}/media/${encodeURIComponent(mediaId)}/${size}.webp`;

/** Look, texts, layout, locale. */
export const settingsPath = (appKey: string): string => `${shopBase(appKey)}/settings`;

/** The script a shop pastes. */
export const loaderPath = (appKey: string): string => `/${encodeURIComponent(appKey)}/plaudit.js`;

/** The same script where pages written for Yotpo ask for theirs; it adopts their markup. */
export const adoptingLoaderPaths = (appKey: string): string[] => [
  `/${encodeURIComponent(appKey)}/widget.js`,
  `/v1/loader/${encodeURIComponent(appKey)}`,
];

/** Where the edge takes signed purges. */
export const PURGE_PATH = '/purge';

/** Where hashed, immutable chunks live. */
export const ASSETS_PREFIX = '/assets/';

/** The same paths as router patterns. */
export const patterns = {
  ratings: '/v1/shops/:appKey/ratings',
  ratingShard: '/v1/shops/:appKey/rating-shards/:shard{[0-9]+}',
  productReviews: '/v1/shops/:appKey/products/:productId/reviews',
  structuredData: '/v1/shops/:appKey/products/:productId/structured-data.json',
  reviewsHtml: '/v1/shops/:appKey/products/:productId/reviews.html',
  reviewsStyles: '/v1/shops/:appKey/reviews.css',
  shopReviews: '/v1/shops/:appKey/reviews',
  siteReviews: '/v1/shops/:appKey/site/reviews',
  productTopics: '/v1/shops/:appKey/products/:productId/topics',
  productQuestions: '/v1/shops/:appKey/products/:productId/questions',
  review: '/v1/shops/:appKey/reviews/:reviewId',
  reviewWithdrawal: '/v1/shops/:appKey/reviews/:reviewId/withdrawal',
  reviewVotes: '/v1/shops/:appKey/reviews/:reviewId/votes',
  questionVotes: '/v1/shops/:appKey/questions/:questionId/votes',
  answerVotes: '/v1/shops/:appKey/answers/:answerId/votes',
  mediaUpload: '/v1/shops/:appKey/media',
  mediaRendition:
    '/v1/shops/:appKey/media/:mediaId{[0-9a-f]{24}}/:file{(?:small|medium|large)\\.webp}',
  settings: '/v1/shops/:appKey/settings',
  loader: '/:appKey/plaudit.js',
  adoptingLoaders: ['/:appKey/widget.js', '/v1/loader/:appKey'],
} as const;
