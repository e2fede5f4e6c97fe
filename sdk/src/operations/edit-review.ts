import { reviewPath, type ReviewEdit, type ReviewReceipt } from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/**
 * Changes a review that waits, with the `editSecret` of its receipt; it may be published by that. Once
 * the shop has decided, it fails with the problem `not-editable`.
 */
export const editReview = (
  { appKey, request }: Shop,
  reviewId: string,
  edit: ReviewEdit,
  options?: CallOptions,
): Promise<ReviewReceipt> =>
  request(reviewPath(appKey, reviewId), {
    ...options,
    method: 'POST',
    // As text: see `submitReview`.
    body: JSON.stringify(edit),
  });
