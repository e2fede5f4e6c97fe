/** Whoever wrote a review takes it back, and with it the consent to show and keep it. */
import { randomUUID } from 'node:crypto';
import type { ReviewWithdrawal } from '@plaudit/contract';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { erasures, NOBODY, type Erasure } from '../../db/erasures-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { UnknownReviewError, UnknownShopError } from '../errors.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { findShop, findShopById, type Shop } from '../shops/find.ts';
import { uploadTags } from '../uploads/tags.ts';
import { aboutReviews } from '../webhooks/about-reviews.ts';
import { enqueueEvent } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';
import { digestOfSecret } from './edit-secret.ts';
import { lockOwnReview } from './lock-own.ts';
import { lockReview, type LockedReview } from './lock.ts';

/** The note of a review that was withdrawn. */
export type Withdrawal = Erasure & { reviewId: string };

/**
 * Removes a review, published or not, with its words, stars, name, address, photos, votes, the shop's
 * reply and what webhooks were told of it; counts and every cache are as if it had never been. A note of its
 * id keeps a restored backup from bringing it back. Done once, it is done: asking again changes nothing.
 * @throws UnknownShopError
 * @throws UnknownReviewError also where the secret is another review's
 */
export async function withdrawReview(
  context: Context,
  appKey: string,
  publicId: string,
  secret: string,
): Promise<ReviewWithdrawal> {
  const { db, now, onOutbox, onErasure } = context;
  const shop = await findShop(db, appKey);
  const note = { shopId: shop.id, reviewId: publicId, editDigest: digestOfSecret(secret) };
  await inShop(db, shop.id, async (tx) => {
    const found = await lockOwnReview(tx, shop.id, publicId, secret);
    if (found) {
      const more = { id: randomUUID(), removesReviews: true, erasedAt: now() };
      await tx.insert(erasures).values({ ...NOBODY, ...note, ...more });
      await remove(context, tx, shop, found);
    } else if (!(await wasWithdrawn(tx, note))) {
      throw new UnknownReviewError(publicId);
    }
  });
  onOutbox();
  await onErasure?.();
  return { id: publicId, status: 'withdrawn' };
}

/**
 * Removes a review again, as a restored backup still held it.
 * @returns whether there was one
 */
export async function withdrawAgain(context: Context, note: Withdrawal): Promise<boolean> {
  const { db } = context;
  try {
    const shop = await findShopById(db, note.shopId);
    await inShop(db, shop.id, async (tx) => {
      // Not by its secret: the backup may hold an earlier one.
      const found = await lockReview(tx, shop.id, note.reviewId);
      await tx.insert(erasures).values(note);
      await remove(context, tx, shop, found, { isReplay: true });
    });
    return true;
  } catch (error) {
    if (error instanceof UnknownShopError || error instanceof UnknownReviewError) return false;
    throw error;
  }
}

async function remove(
  context: Context,
  tx: Database,
  { id: shopId, appKey }: Shop,
  { review, externalId }: LockedReview,
  details: { isReplay?: true } = {},
): Promise<void> {
  const { publicId } = review;
  const tags = [
    ...(await reviewTags(tx, appKey, [{ ...review, externalId }])),
    // May be in caches since they were sent, whatever became of the review.
    ...(await uploadTags(tx, appKey, [review.id])),
  ];
  if (review.status === 'published') await adjustRatings(tx, shopId, [{ ...review, by: -1 }]);
  await tx.delete(webhookDeliveries).where(aboutReviews(shopId, [publicId]));
  await tx.delete(reviews).where(eq(reviews.id, review.id));
  const nothing = { title: null, body: null, author: null, reply: null, status: 'withdrawn' };
  const data = toReviewEvent({ ...review, ...nothing }, externalId);
  await enqueueEvent(tx, { shopId, type: 'review.withdrawn', data }, context.now());
  await enqueuePurge(tx, { shopId, tags, mode: 'hard' }, context.now());
  const act = { shopId, verb: 'review.withdraw', subject: publicId } as const;
  await recordAct(tx, { ...act, details: { from: review.status, ...details } }, context);
}

/** Of what is gone the note alone tells, and by whose secret. */
async function wasWithdrawn(
  tx: Database,
  note: { shopId: number; reviewId: string; editDigest: string },
): Promise<boolean> {
  const isMeant = and(
    eq(erasures.shopId, note.shopId),
    eq(erasures.reviewId, note.reviewId),
    eq(erasures.editDigest, note.editDigest),
  );
  return (await tx.$count(erasures, isMeant)) > 0;
}
