/** The merchant decides on a review. */
import type { Context } from '../context.ts';
import type { DecisionReason } from '../moderation/decision.ts';
import { enterShop } from '../shops/find.ts';
import { changeStatus, type Decision } from './change-status.ts';
import { lockReview } from './lock.ts';

/**
 * Publishes a review, or takes it from visitors: they see the change within moments. What is rejected or
 * archived is kept, and can be published later. Deciding what was decided changes nothing.
 * @returns whether anything changed
 * @throws UnknownShopError
 * @throws UnknownReviewError
 */
export async function moderateReview(
  context: Context,
  appKey: string,
  id: string,
  decision: Decision,
  reason?: DecisionReason,
): Promise<boolean> {
  const isChanged = await enterShop(context.db, appKey, async (tx, shop) => {
    const locked = await lockReview(tx, shop.id, id);
    const row = await changeStatus(tx, context, shop, locked, decision, reason);
    return row !== locked.review;
  });
  if (isChanged) context.onOutbox();
  return isChanged;
}

/** Publishes a review. */
export const publishReview = (
  context: Context,
  appKey: string,
  id: string,
  reason?: DecisionReason,
): Promise<boolean> => moderateReview(context, appKey, id, 'published', reason);

/** Rejects a review. */
export const rejectReview = (
  context: Context,
  appKey: string,
  id: string,
  reason?: DecisionReason,
): Promise<boolean> => moderateReview(context, appKey, id, 'rejected', reason);
