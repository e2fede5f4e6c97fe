/** Whoever wrote a review changes it, while nobody has decided on it. */
import type { ReviewEdit, ReviewReceipt } from '@plaudit/contract';
import { and, eq } from 'drizzle-orm';
import { reviewAnswers } from '../../db/answers-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { products, reviews } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { NotEditableError, UnknownReviewError } from '../errors.ts';
import { digestOfText } from '../moderation/find-repeats.ts';
import { readModerationRules } from '../moderation/read.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { lockAddress } from '../persons/lock-address.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { findShop } from '../shops/find.ts';
import { enqueueEvent } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';
import { checkAnswers } from './check-answers.ts';
import { digestOfSecret } from './edit-secret.ts';
import { judgeReview } from './judge-review.ts';
import { keepAnswers } from './keep-answers.ts';
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
    const isMeant = and(
      eq(reviews.shopId, shop.id),
      eq(reviews.publicId, publicId),
      eq(reviews.editDigest, digestOfSecret(edit.secret)),
    );
    const [writer] = await tx.select({ emailHash: reviews.emailHash }).from(reviews).where(isMeant);
    // Before its row, as orders lock them: else the two could wait for each other.
    if (writer?.emailHash) await lockAddress(tx, shop.id, writer.emailHash);
    const [found] = await tx
      .select({ review: reviews, externalId: products.externalId })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(isMeant)
      // The shop's decision comes before it or after it, never in between.
      .for('update', { of: reviews });
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
    };
    const before = { ...found.review, ...written };
    const { rules } = await readModerationRules(tx, shop.id);
    const verdict = await judgeReview(tx, rules, before, { id: before.id });
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
    return { id: publicId, status: verdict.status };
  });
  context.onOutbox();
  return receipt;
}
