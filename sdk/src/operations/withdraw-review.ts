import { reviewWithdrawalPath, type ReviewWithdrawal } from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/**
 * Withdraws a review for whoever wrote it, published or not, with the `editSecret` of its receipt: it is
 * removed with its photos and all that is known of its writer. Doing it again changes nothing.
 */
export const withdrawReview = (
  { appKey, request }: Shop,
  reviewId: string,
  secret: string,
  options?: CallOptions,
): Promise<ReviewWithdrawal> =>
  request(reviewWithdrawalPath(appKey, reviewId), {
    ...options,
    method: 'POST',
    // As text: see `submitReview`.
    body: JSON.stringify({ secret }),
  });
