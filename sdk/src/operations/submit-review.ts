import { productReviewsPath, type ReviewReceipt, type ReviewSubmission } from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

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
    body: JSON.stringify(submission, toOriginal),
  });

/** Arrays stay arrays where Prototype.js taught them to call themselves texts (`toJSON`). */
function toOriginal(this: Record<string, unknown>, key: string): unknown {
  return this[key];
}
