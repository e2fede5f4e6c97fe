/** Whoever wrote a review takes it back, and with it the consent to show and keep it. */
import type { ReviewWithdrawal } from '@plaudit/contract';
import { and, eq } from 'drizzle-orm';
import { auditActs } from '../../db/audit-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { UnknownReviewError } from '../errors.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { findShop } from '../shops/find.ts';
import { uploadTags } from '../uploads/tags.ts';
import { aboutReviews } from '../webhooks/about-reviews.ts';
import { enqueueEvent } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';
import { lockOwnReview } from './lock-own.ts';

const VERB = 'review.withdraw';

/**
 * Removes a review, published or not, with its words, stars, name, address, photos, votes, the shop's
 * reply and what webhooks were told of it; counts and every cache are as if it had never been. Done once,
 * it is done: asking again changes nothing.
 * @throws UnknownShopError
 * @throws UnknownReviewError also where the secret is another review's
 */
export async function withdrawReview(
  context: Context,
  appKey: string,
  publicId: string,
  secret: string,
): Promise<ReviewWithdrawal> {
  const { db, now } = context;
  const shop = await findShop(db, appKey);
  await inShop(db, shop.id, async (tx) => {
    const found = await lockOwnReview(tx, shop.id, publicId, secret);
    if (!found) {
      if (await wasWithdrawn(tx, shop.id, publicId)) return;
      throw new UnknownReviewError(publicId);
    }
    const { review, externalId } = found;
    const tags = [
      ...(await reviewTags(tx, appKey, [{ ...review, externalId }])),
      // May be in caches since they were sent, whatever became of the review.
      ...(await uploadTags(tx, appKey, [review.id])),
    ];
    if (review.status === 'published') await adjustRatings(tx, shop.id, [{ ...review, by: -1 }]);
    await tx.delete(webhookDeliveries).where(aboutReviews(shop.id, [publicId]));
    await tx.delete(reviews).where(eq(reviews.id, review.id));
    const nothing = { title: null, body: null, author: null, reply: null, status: 'withdrawn' };
    const data = toReviewEvent({ ...review, ...nothing }, externalId);
    await enqueueEvent(tx, { shopId: shop.id, type: 'review.withdrawn', data }, now());
    await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'hard' }, now());
    const act = { shopId: shop.id, verb: VERB, subject: publicId } as const;
    await recordAct(tx, { ...act, details: { from: review.status } }, context);
  });
  context.onOutbox();
  return { id: publicId, status: 'withdrawn' };
}

/** Of what is gone nothing but the log tells, of which no secret is part. */
async function wasWithdrawn(tx: Database, shopId: number, publicId: string): Promise<boolean> {
  const [act] = await tx
    .select({ sequence: auditActs.sequence })
    .from(auditActs)
    .where(
      and(eq(auditActs.shopId, shopId), eq(auditActs.subject, publicId), eq(auditActs.verb, VERB)),
    )
    .limit(1);
  return act !== undefined;
}
