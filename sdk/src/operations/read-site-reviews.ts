import {
  siteReviewsPath,
  toReviewSearch,
  type ReviewPage,
  type ReviewQuery,
} from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/** A page of the reviews of the shop itself, with what they add up to. */
export const readSiteReviews = (
  { appKey, request }: Shop,
  query: ReviewQuery = {},
  options?: CallOptions,
): Promise<ReviewPage> => request(siteReviewsPath(appKey) + toReviewSearch(query), options);
