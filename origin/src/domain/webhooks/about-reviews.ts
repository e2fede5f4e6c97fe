import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { webhookDeliveries } from '../../db/webhook-schema.ts';

/** What was told of a shop's reviews, or is still to be: a condition on the delivery log. */
export function aboutReviews(shopId: number, publicIds: readonly string[]): SQL | undefined {
  const reviewId = sql`${webhookDeliveries.payload}::jsonb -> 'data' ->> 'id'`;
  return and(eq(webhookDeliveries.shopId, shopId), inArray(reviewId, publicIds));
}
