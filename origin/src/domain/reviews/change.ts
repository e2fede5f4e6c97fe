/** The merchant changes a review: its status, the shop's reply, its translation, or all at once. */
import type { Translation } from '@plaudit/contract';
import type { Context } from '../context.ts';
import type { DecisionReason } from '../moderation/decision.ts';
import { enterShop } from '../shops/find.ts';
import { changeReply } from './change-reply.ts';
import { changeTranslation } from './change-translation.ts';
import { changeStatus, type Decision } from './change-status.ts';
import { lockReview } from './lock.ts';
import { toManagedReview, type ManagedReview } from './to-managed-review.ts';

/** What is to be different; what is absent stays as it is. */
export interface ReviewChange {
  status?: Decision;
  /** Why it gets that status. */
  reason?: DecisionReason;
  /** At most 10,000 characters; null takes the reply back. */
  reply?: string | null;
  /** null takes it away. */
  translation?: Translation | null;
}

/**
 * Changes a review.
 * @param check sees the review as it is, and throws where that is not what the caller thinks; nobody
 *   changes the review in between
 * @returns the review as it is then, without the reviewer's address
 * @throws UnknownShopError
 * @throws UnknownReviewError
 */
export async function changeReview(
  context: Context,
  appKey: string,
  id: string,
  { status, reason, reply, translation }: ReviewChange,
  check: (current: ManagedReview) => void,
): Promise<ManagedReview> {
  const review = await enterShop(context.db, appKey, async (tx, shop) => {
    const locked = await lockReview(tx, shop.id, id);
    const { externalId } = locked;
    check(toManagedReview(locked.review, externalId));
    let { review } = locked;
    if (reply !== undefined) {
      review = await changeReply(tx, context, shop, { review, externalId }, reply);
    }
    if (translation !== undefined) {
      review = await changeTranslation(tx, context, shop, { review, externalId }, translation);
    }
    if (status !== undefined) {
      review = await changeStatus(tx, context, shop, { review, externalId }, status, reason);
    }
    return toManagedReview(review, externalId);
  });
  context.onOutbox();
  return review;
}
