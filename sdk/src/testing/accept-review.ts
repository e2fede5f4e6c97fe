/** A visitor sends a review. */

import type { Media, Review, ReviewAnswer, ReviewReceipt } from '@plaudit/contract';
import { answerRepeated } from './answer-repeated.ts';
import { problem, type Answer } from './answer.ts';
import { checkReview } from './check-submission.ts';
import { answerReceipt, readKeyedSubmission, type Write } from './read-submission.ts';
import type { Received, ReceivedSubmission } from './received.ts';
import type { ShopState } from './test-shop.ts';

/** Checks a review, keeps it, and publishes it where the shop wants that. */
export function acceptReview(
  shop: ShopState,
  { submissions, photos }: Received,
  productId: string,
  write: Write,
): Answer {
  const read = readKeyedSubmission(write, checkReview);
  if ('refusal' in read) return read.refusal;
  const submission = { ...read.submission, productId };
  const repeated = answerRepeated(submissions, submission, 'review');
  if (repeated) return repeated;
  const media = findPhotos(photos, submissions, submission.media ?? []);
  if (!media) return unknownUpload(submission.media ?? []);
  const id = `submitted-${submissions.length + 1}`;
  const receipt: ReviewReceipt = shop.publishesAtOnce
    ? { id, status: 'published' }
    : { id, status: 'pending', editSecret: `secret-of-${id}` };
  submissions.push({ ...submission, receipt });
  if (shop.publishesAtOnce) {
    shop.reviews.unshift(toReview(shop, { ...submission, receipt }, media));
  }
  return answerReceipt(receipt);
}

/** The photos of these ids; undefined when one is not there, or another review has it. */
function findPhotos(
  photos: Received['photos'],
  submissions: readonly ReceivedSubmission[],
  ids: readonly string[],
): Media[] | undefined {
  const taken = new Set(submissions.flatMap(({ media = [] }) => media));
  const found = photos.filter(({ receipt: { id } }) => ids.includes(id) && !taken.has(id));
  if (found.length < ids.length) return undefined;
  return found.map(({ receipt: { url, thumbnailUrl } }) => ({ kind: 'photo', url, thumbnailUrl }));
}

const unknownUpload = (ids: readonly string[]): Answer =>
  problem('invalid-body', {
    detail: `There is no upload among "${ids.join('", "')}" that no review has yet.`,
    errors: [{ field: 'media', message: 'must name uploads that no review has yet' }],
  });

/** What the public sees of it: no e-mail address. */
function toReview(
  { now, settings }: ShopState,
  submission: ReceivedSubmission,
  media: Media[],
): Review {
  const { productId, rating, title, body, author, locale, receipt } = submission;
  const answers = (submission.answers ?? []).flatMap((answer): ReviewAnswer[] => {
    const question = settings.form?.questions?.find(({ id }) => id === answer.question);
    return question ? [{ ...answer, label: question.label }] : [];
  });
  return {
    id: receipt.id,
    productId,
    rating,
    ...(title && { title }),
    ...(body && { body }),
    author,
    verified: false,
    incentivized: false,
    ...(locale && { locale }),
    createdAt: now().toISOString(),
    helpful: { up: 0, down: 0 },
    ...(media.length > 0 && { media }),
    ...(answers.length > 0 && { answers }),
  };
}
