import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { reviews } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import type { Shop } from '../shops/find.ts';
import { enqueueEvent } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';
import type { LockedReview } from './lock.ts';

/**
 * Replies to a locked review in the shop's name, in place of an earlier reply; or takes the reply back.
 * @param body null: no reply
 * @returns the row as it is then; the very same one where nothing had to change
 */
export async function changeReply(
  tx: Database,
  context: Context,
  shop: Shop,
  { review, externalId }: LockedReview,
  body: string | null,
): Promise<LockedReview['review']> {
  if ((review.reply?.body ?? null) === body) return review;
  const now = context.now();
  const reply = body === null ? null : { body, createdAt: now.toISOString() };
  await tx.update(reviews).set({ reply }).where(eq(reviews.id, review.id));
  if (review.status === 'published') {
    const tags = await reviewTags(tx, shop.appKey, [{ ...review, externalId }]);
    // What was said before must not be seen any more, whatever it was.
    const mode = review.reply === null ? 'soft' : 'hard';
    await enqueuePurge(tx, { shopId: shop.id, tags, mode }, now);
  }
  const changed = { ...review, reply };
  const data = toReviewEvent(changed, externalId);
  await enqueueEvent(tx, { shopId: shop.id, type: 'review.updated', data }, now);
  const act = { verb: 'review.reply', details: { removed: body === null } } as const;
  await recordAct(tx, { shopId: shop.id, subject: review.publicId, ...act }, context);
  return changed;
}
