import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { customers, orderLines, orders } from '../../db/orders-schema.ts';
import { products, reviews } from '../../db/schema.ts';
import { readModerationRules } from '../moderation/read.ts';
import type { ModerationRules } from '../moderation/rules.ts';
import type { SeenProduct } from '../outbox/review-tags.ts';
import { VERIFIED_WEIGHT } from '../reviews/relevance.ts';
import { oldEnoughAt } from './old-enough.ts';

/**
 * Step of saving an order: the reviews that its customer wrote of what it holds are by a buyer. A
 * cancelled order makes none so, and takes nothing back: who has bought and returned, has bought.
 * @returns the products of the reviews that visitors see a difference of
 */
export async function verifyReviews(
  tx: Database,
  shopId: number,
  orderId: number,
): Promise<SeenProduct[]> {
  const bought = tx
    .select({ id: orderLines.productId })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId));
  const [buyer] = await tx
    .select({ emailHash: customers.emailHash, orderedAt: orders.orderedAt })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(and(eq(orders.id, orderId), sql`${orders.cancelledAt} is null`));
  if (!buyer?.emailHash) return [];
  const { rules } = await readModerationRules(tx, shopId);
  const changed = await tx
    .update(reviews)
    .set({ verified: true, relevance: sql`${reviews.relevance} + ${VERIFIED_WEIGHT}` })
    .where(
      and(
        eq(reviews.shopId, shopId),
        eq(reviews.emailHash, buyer.emailHash),
        eq(reviews.verified, false),
        verifiedFrom(buyer.orderedAt, rules),
        inArray(reviews.productId, bought),
      ),
    )
    .returning({ productId: reviews.productId, status: reviews.status });
  const seen = changed.filter(({ status }) => status === 'published');
  if (seen.length === 0) return [];
  return tx
    .select({ externalId: products.externalId, groupId: products.groupId })
    .from(products)
    .where(
      inArray(
        products.id,
        seen.map(({ productId }) => productId),
      ),
    );
}

/** Without a least age, it does not matter which of the two came first. */
const verifiedFrom = (orderedAt: Date, { orderAgeMinDays: days }: ModerationRules) =>
  days === 0 ? undefined : gte(reviews.createdAt, oldEnoughAt(orderedAt, days));
