/** Whoever wrote a review changes it, while nobody has decided on it. */
import type { ReviewEdit, ReviewReceipt } from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import { reviewAnswers } from '../../db/answers-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { NotEditableError, UnknownReviewError } from '../errors.ts';
import { digestOfText } from '../moderation/find-repeats.ts';
import { recordHold } from '../moderation/decision.ts';
import { readModerationRules } from '../moderation/read.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { holdProduct } from '../products/hold-products.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { findShop } from '../shops/find.ts';
import { enqueueEvent } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';
import { checkAnswers } from './check-answers.ts';
import { holdFor, judgeReview } from './judge-review.ts';
import { keepAnswers } from './keep-answers.ts';
import { lockOwnReview } from './lock-own.ts';
import { relevance } from './relevance.ts';

/**
 * Puts other words and stars in the place of those that were sent; photos stay. It is judged anew, as
 * if it had been sent so, and published where no rule holds it any more.
 * @throws UnknownShopError
 * @throws UnknownReviewError also where the secret is another review's
 * @throws NotEditableError once it was published or rejected
 * @throws DuplicateReviewError
 * @throws InvalidAnswersError
 * @throws KeysUnavailableError
 */
export async function editReview(
  context: Context,
  appKey: string,
  publicId: string,
  edit: ReviewEdit,
): Promise<ReviewReceipt> {
  const { db, now } = context;
  const shop = await findShop(db, appKey);
  const keys = await context.vault.keysOf(shop.id);
  const receipt = await inShop(db, shop.id, async (tx): Promise<ReviewReceipt> => {
    const found = await lockOwnReview(tx, shop.id, publicId, edit.secret);
    if (!found) throw new UnknownReviewError(publicId);
    if (found.review.status !== 'pending') throw new NotEditableError();
    const written = {
      rating: edit.rating,
      title: edit.title || null,
      body: edit.body || null,
      author: edit.author,
      locale: edit.locale ?? null,
      answers: checkAnswers(shop.settings.form, edit.answers),
      textDigest: digestOfText(keys, edit),
      // It was of other words.
      translation: null,
    };
    const before = { ...found.review, ...written };
    const { version, rules } = await readModerationRules(tx, shop.id);
    const { isArchived } = await holdProduct(tx, before.productId);
    const judged = { ...before, shopName: shop.name };
    const verdict = holdFor(isArchived, await judgeReview(tx, rules, judged, { id: before.id }));
    const isPublished = verdict.status === 'published';
    const publishedAt = isPublished ? now() : null;
    const change = { ...written, ...verdict, publishedAt, relevance: relevance(before) };
    await tx.update(reviews).set(change).where(eq(reviews.id, before.id));
    await tx.delete(reviewAnswers).where(eq(reviewAnswers.reviewId, before.id));
    await keepAnswers(tx, shop, before);
    const data = toReviewEvent({ ...before, status: verdict.status }, found.externalId);
    const event = { shopId: shop.id, data };
    await enqueueEvent(tx, { ...event, type: 'review.updated' }, now());
    if (isPublished) {
      await adjustRatings(tx, shop.id, [{ ...before, by: 1 }]);
      const tags = await reviewTags(tx, appKey, [{ ...before, externalId: found.externalId }]);
      await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'soft' }, now());
      await enqueueEvent(tx, { ...event, type: 'review.published' }, now());
    }
    const hold = { verb: 'review.hold', subject: publicId, heldBy: verdict.heldBy } as const;
    await recordHold(tx, { shopId: shop.id, ...hold, version }, context);
    return { id: publicId, status: verdict.status };
  });
  context.onOutbox();
  return receipt;
}
