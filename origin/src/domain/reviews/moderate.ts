/** The merchant decides on a review. */
import { and, eq } from 'drizzle-orm';
import { products, reviews } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { UnknownReviewError } from '../errors.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { enterShop } from '../shops/find.ts';
import { uploadTags } from '../uploads/tags.ts';
import { enqueueEvent } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';

/**
 * Publishes a review: visitors see it within moments. Publishing what is published changes nothing.
 * @throws UnknownShopError
 * @throws UnknownReviewError
 */
export const publishReview = (context: Context, appKey: string, id: string): Promise<boolean> =>
  changeStatus(context, appKey, id, 'published');

/**
 * Rejects a review: visitors no longer see it. It is kept, and can be published later.
 * @throws UnknownShopError
 * @throws UnknownReviewError
 */
export const rejectReview = (context: Context, appKey: string, id: string): Promise<boolean> =>
  changeStatus(context, appKey, id, 'rejected');

/** @returns whether anything changed */
async function changeStatus(
  context: Context,
  appKey: string,
  publicId: string,
  status: 'published' | 'rejected',
): Promise<boolean> {
  const { db, now, onOutbox } = context;
  const isChanged = await enterShop(db, appKey, async (tx, shop) => {
    const [found] = await tx
      .select({ review: reviews, externalId: products.externalId })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(and(eq(reviews.shopId, shop.id), eq(reviews.publicId, publicId)))
      // Two decisions on one review come one after the other, or the summary would count it twice.
      .for('update', { of: reviews });
    if (!found) throw new UnknownReviewError(publicId);
    const { review, externalId } = found;
    if (review.status === status) return false;
    const publishedAt = status === 'published' ? (review.publishedAt ?? now()) : review.publishedAt;
    await tx.update(reviews).set({ status, publishedAt }).where(eq(reviews.id, review.id));
    const data = toReviewEvent({ ...review, status }, externalId);
    await enqueueEvent(tx, { shopId: shop.id, type: `review.${status}`, data }, now());
    // Its photos may be in caches since they were sent, published or not.
    const photos = await uploadTags(tx, appKey, review.id);
    if (status !== 'published' && photos.length > 0) {
      await enqueuePurge(tx, { shopId: shop.id, tags: photos, mode: 'hard' }, now());
    }
    const wasVisible = review.status === 'published';
    const isVisible = status === 'published';
    if (wasVisible !== isVisible) {
      await adjustRatings(tx, shop.id, [{ ...review, by: isVisible ? 1 : -1 }]);
      const tags = reviewTags(appKey, [externalId]);
      await enqueuePurge(tx, { shopId: shop.id, tags, mode: isVisible ? 'soft' : 'hard' }, now());
    }
    const act = { verb: 'review.moderate', details: { from: review.status, to: status } } as const;
    await recordAct(tx, { shopId: shop.id, subject: publicId, ...act }, context);
    return true;
  });
  if (isChanged) onOutbox();
  return isChanged;
}
