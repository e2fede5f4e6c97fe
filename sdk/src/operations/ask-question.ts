import {
  productQuestionsPath,
  type QuestionReceipt,
  type QuestionSubmission,
} from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/** Asks a question about a product, once. As with reviews, the same `idempotencyKey` asks once only. */
export const askQuestion = (
  { appKey, request }: Shop,
  productId: string,
  submission: QuestionSubmission,
  options?: CallOptions,
): Promise<QuestionReceipt> =>
  request(productQuestionsPath(appKey, productId), {
    ...options,
    method: 'POST',
    // As text: see `submitReview`.
    body: JSON.stringify(submission),
  });
