/** Whoever wrote a review changes it while it waits. */

import type { ReviewReceipt } from '@plaudit/contract';
import { json, problem, type Answer } from './answer.ts';
import { checkEdit } from './check-submission.ts';
import { readSubmission, type Write } from './read-submission.ts';
import type { Received } from './received.ts';

/** Puts other words and stars in the place of those that were sent; photos and videos stay. */
export function changeReview({ submissions }: Received, id: string, write: Write): Answer {
  const read = readSubmission(write, checkEdit);
  if ('refusal' in read) return read.refusal;
  const { secret, ...written } = read.submission;
  const index = submissions.findIndex(
    ({ receipt, isWithdrawn }) =>
      receipt.id === id && receipt.editSecret === secret && !isWithdrawn,
  );
  const before = submissions[index];
  if (!before) return problem('not-found', { detail: `There is no review "${id}" in this shop.` });
  const { productId, email, media, videos, receipt } = before;
  if (receipt.status !== 'pending') {
    return problem('not-editable', { detail: 'This review was decided on.' });
  }
  const kept = { ...(media && { media }), ...(videos && { videos }) };
  submissions[index] = { ...written, productId, email, ...kept, receipt };
  const answer: ReviewReceipt = { id, status: receipt.status };
  return json(200, answer);
}
