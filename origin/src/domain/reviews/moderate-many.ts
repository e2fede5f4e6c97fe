/** The merchant decides on many reviews at once. */
import type { Context } from '../context.ts';
import { UnknownReviewError } from '../errors.ts';
import type { DecisionReason } from '../moderation/decision.ts';
import type { Decision } from './change-status.ts';
import { moderateReview } from './moderate.ts';

/** What became of one of them. */
export interface ModerationResult {
  id: string;
  result: 'changed' | 'unchanged' | 'unknown';
}

/**
 * Decides on each review by itself, in the order given: what is unknown keeps none of the others from
 * being decided on, and what was done before a failure stays done, so that the same can be asked again.
 * @throws UnknownShopError
 */
export async function moderateReviews(
  context: Context,
  appKey: string,
  ids: readonly string[],
  decision: Decision,
  reason?: DecisionReason,
): Promise<ModerationResult[]> {
  const results: ModerationResult[] = [];
  for (const id of ids) {
    results.push({ id, result: await moderateOne(context, appKey, id, decision, reason) });
  }
  return results;
}

async function moderateOne(
  context: Context,
  appKey: string,
  id: string,
  decision: Decision,
  reason: DecisionReason | undefined,
): Promise<ModerationResult['result']> {
  try {
    return (await moderateReview(context, appKey, id, decision, reason)) ? 'changed' : 'unchanged';
  } catch (error) {
    if (error instanceof UnknownReviewError) return 'unknown';
    throw error;
  }
}
