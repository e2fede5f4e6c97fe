/**
 * The storefront API, one function per call, so that a bundle carries only those it uses. Each
 * rejects with `PlauditProblem` or `PlauditNetworkError`, or with the reason of the caller's signal.
 */

import {
  productReviewsPath,
  RATINGS_IDS_MAX,
  ratingsPath,
  settingsPath,
  shopReviewsPath,
  toReviewSearch,
  type ProductRating,
  type Ratings,
  type ReviewPage,
  type ReviewQuery,
  type ReviewReceipt,
  type ReviewSubmission,
  type Settings,
} from '@plaudit/contract';
import type { CallOptions } from './request.ts';
import type { Shop } from './shop.ts';

/**
 * Ratings of any number of products, by product id; products without a published review are left
 * out. One call for each 250 ids, sorted and without repeats, so that pages share cached answers.
 */
export async function readRatings(
  { appKey, request }: Shop,
  productIds: Iterable<string>,
  options?: CallOptions,
): Promise<Record<string, ProductRating>> {
  const ids = [...new Set(productIds)].toSorted();
  const calls = [];
  while (ids.length > 0) {
    const list = ids.splice(0, RATINGS_IDS_MAX).map(encodeURIComponent).join(',');
    calls.push(request<Ratings>(`${ratingsPath(appKey)}?ids=${list}`, options));
  }
  const answers = await Promise.all(calls);
  // Without a prototype, so that no product is called `constructor` by accident.
  return Object.assign(Object.create(null), ...answers.map(({ ratings }) => ratings));
}

/** A page of one product's reviews; a product that nobody knows has none. */
export const readProductReviews = (
  { appKey, request }: Shop,
  productId: string,
  query: ReviewQuery = {},
  options?: CallOptions,
): Promise<ReviewPage> =>
  request(productReviewsPath(appKey, productId) + toReviewSearch(query), options);

/** A page of the whole shop's reviews. */
export const readShopReviews = (
  { appKey, request }: Shop,
  query: ReviewQuery = {},
  options?: CallOptions,
): Promise<ReviewPage> => request(shopReviewsPath(appKey) + toReviewSearch(query), options);

/** The shop's look, texts, layout and language. */
export const readSettings = ({ appKey, request }: Shop, options?: CallOptions): Promise<Settings> =>
  request(settingsPath(appKey), options);

/**
 * Sends a review, once. To try again without the risk of a second review, send the same submission
 * with the same `idempotencyKey`.
 */
export const submitReview = (
  { appKey, request }: Shop,
  productId: string,
  submission: ReviewSubmission,
  options?: CallOptions,
): Promise<ReviewReceipt> =>
  request(productReviewsPath(appKey, productId), {
    ...options,
    method: 'POST',
    // A text body travels as text/plain, which spares the preflight and so a whole round trip.
    body: JSON.stringify(submission),
  });
