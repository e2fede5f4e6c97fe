import { siteReviewsPath, type ReviewReceipt, type ReviewSubmission } from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/** Sends a review of the shop itself, once; as `submitReview` does for a product. */
export const submitSiteReview = (
  { appKey, request }: Shop,
  submission: ReviewSubmission,
  options?: CallOptions,
): Promise<ReviewReceipt> =>
  request(siteReviewsPath(appKey), {
    ...options,
    method: 'POST',
    // As text: see `submitReview`.
    body: JSON.stringify(submission),
  });
