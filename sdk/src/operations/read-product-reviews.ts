import {
  productReviewsPath,
  toReviewSearch,
  type ReviewPage,
  type ReviewQuery,
} from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/** A page of one product's reviews; a product that nobody knows has none. */
export const readProductReviews = (
  { appKey, request }: Shop,
  productId: string,
  query: ReviewQuery = {},
  options?: CallOptions,
): Promise<ReviewPage> =>
  request(productReviewsPath(appKey, productId) + toReviewSearch(query), options);
