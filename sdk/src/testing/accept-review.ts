/** A visitor sends a review. */

import {
  VARIANT_QUESTION,
  type Media,
  type Review,
  type ReviewAnswer,
  type ReviewReceipt,
} from '@plaudit/contract';
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
  const receipt: ReviewReceipt = {
    id,
    status: shop.publishesAtOnce ? 'published' : 'pending',
    editSecret: `secret-of-${id}`,
  };
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

const VARIANT = { id: VARIANT_QUESTION, label: 'Variant' };

/** What the public sees of it: no e-mail address. */
function toReview(
  { now, settings }: ShopState,
  submission: ReceivedSubmission,
  media: Media[],
): Review {
  const { productId, rating, title, body, author, locale, receipt, videos = [] } = submission;
  const all = [...media, ...videos.map((url): Media => ({ kind: 'video', url }))];
  const answers = (submission.answers ?? []).flatMap((answer): ReviewAnswer[] => {
    const question = [VARIANT, ...(settings.form?.questions ?? [])].find(
      ({ id }) => id === answer.question,
    );
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
    ...(all.length > 0 && { media: all }),
    ...(answers.length > 0 && { answers }),
  };
}
