import type { ReviewStatus } from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { reviews } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { recordDecision, type DecisionReason } from '../moderation/decision.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import type { Shop } from '../shops/find.ts';
import { uploadTags } from '../uploads/tags.ts';
import { enqueueEvent } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';
import type { LockedReview } from './lock.ts';

/** What can be decided on a review. */
export type Decision = Exclude<ReviewStatus, 'pending'>;

/**
 * Gives a locked review another status, with summaries, purges, webhooks and the note in the audit log.
 * @returns the row as it is then; the very same one where nothing had to change
 */
export async function changeStatus(
  tx: Database,
  context: Context,
  shop: Shop,
  { review, externalId }: LockedReview,
  status: Decision,
  reason?: DecisionReason,
): Promise<LockedReview['review']> {
  if (review.status === status) return review;
  const now = context.now();
  const isVisible = status === 'published';
  const wasVisible = review.status === 'published';
  const publishedAt = isVisible ? (review.publishedAt ?? now) : review.publishedAt;
  const changed = { ...review, status, publishedAt };
  await tx.update(reviews).set({ status, publishedAt }).where(eq(reviews.id, review.id));
  const data = toReviewEvent(changed, externalId);
  await enqueueEvent(tx, { shopId: shop.id, type: `review.${status}`, data }, now);
  // Its photos may be in caches since they were sent, published or not.
  const photos = await uploadTags(tx, shop.appKey, [review.id]);
  if (!isVisible && photos.length > 0) {
    await enqueuePurge(tx, { shopId: shop.id, tags: photos, mode: 'hard' }, now);
  }
  if (wasVisible !== isVisible) {
    await adjustRatings(tx, shop.id, [{ ...review, by: isVisible ? 1 : -1 }]);
    const tags = await reviewTags(tx, shop.appKey, [{ ...review, externalId }]);
    await enqueuePurge(tx, { shopId: shop.id, tags, mode: isVisible ? 'soft' : 'hard' }, now);
  }
  const decision = { verb: 'review.moderate', from: review.status, to: status, reason } as const;
  await recordDecision(tx, { shopId: shop.id, subject: review.publicId, ...decision }, context);
  return changed;
}
