import {
  shopReviewsPath,
  toReviewSearch,
  type ReviewPage,
  type ReviewQuery,
} from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/** A page of the whole shop's reviews. */
export const readShopReviews = (
  { appKey, request }: Shop,
  query: ReviewQuery = {},
  options?: CallOptions,
): Promise<ReviewPage> => request(shopReviewsPath(appKey) + toReviewSearch(query), options);
