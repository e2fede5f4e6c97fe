/** Whoever wrote a review withdraws it, published or not. */

import type { ReviewWithdrawal } from '@plaudit/contract';
import { json, problem, type Answer } from './answer.ts';
import { checkWithdrawal } from './check-submission.ts';
import { readSubmission, type Write } from './read-submission.ts';
import type { Received } from './received.ts';
import type { ShopState } from './test-shop.ts';

/** Takes a review out of the shop; what was received of it stays for the test to look at. */
export function withdrawReview(
  shop: ShopState,
  { submissions }: Received,
  id: string,
  write: Write,
): Answer {
  const read = readSubmission(write, checkWithdrawal);
  if ('refusal' in read) return read.refusal;
  const { secret } = read.submission;
  const own = submissions.find(({ receipt }) => receipt.id === id && receipt.editSecret === secret);
  if (!own) return problem('not-found', { detail: `There is no review "${id}" in this shop.` });
  own.isWithdrawn = true;
  const index = shop.reviews.findIndex((review) => review.id === id);
  if (index !== -1) shop.reviews.splice(index, 1);
  const answer: ReviewWithdrawal = { id, status: 'withdrawn' };
  return json(200, answer);
}
