import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { questions } from '../../db/questions-schema.ts';
import { customers, orders } from '../../db/orders-schema.ts';
import { products, reviews } from '../../db/schema.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';
import { aboutReviews } from '../webhooks/about-reviews.ts';
import { lockAddress } from './lock-address.ts';

/** What a shop keeps of a person, found by the keyed hash of the address. */
export interface PersonRows {
  orders: (typeof orders.$inferSelect)[];
  customers: (typeof customers.$inferSelect)[];
  reviews: { row: typeof reviews.$inferSelect; externalId: string }[];
  questions: { row: typeof questions.$inferSelect; externalId: string }[];
  /** What was told of the reviews, and still is in the delivery log. */
  deliveries: (typeof webhookDeliveries.$inferSelect)[];
}

/** Finds and locks it all: a decision that is made at the same time comes before or after. */
export async function findPerson(
  tx: Database,
  shopId: number,
  emailHash: string,
): Promise<PersonRows> {
  const isOwn = and(eq(customers.shopId, shopId), eq(customers.emailHash, emailHash));
  // Orders before all else, as who changes an order has it before the reviews it is of.
  const ownOrders = await tx
    .select({ row: orders })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(isOwn)
    .orderBy(asc(orders.id))
    .for('update', { of: orders });
  await lockAddress(tx, shopId, emailHash);
  const ownCustomers = await tx
    .select()
    .from(customers)
    .where(isOwn)
    .orderBy(asc(customers.id))
    .for('update');
  const ownReviews = await tx
    .select({ row: reviews, externalId: products.externalId })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(and(eq(reviews.shopId, shopId), eq(reviews.emailHash, emailHash)))
    .orderBy(asc(reviews.id))
    .for('update', { of: reviews });
  const ownQuestions = await tx
    .select({ row: questions, externalId: products.externalId })
    .from(questions)
    .innerJoin(products, eq(products.id, questions.productId))
    .where(and(eq(questions.shopId, shopId), eq(questions.emailHash, emailHash)))
    .orderBy(asc(questions.id))
    .for('update', { of: questions });
  const ids = ownReviews.map(({ row }) => row.publicId);
  const deliveries = await tx
    .select()
    .from(webhookDeliveries)
    .where(aboutReviews(shopId, ids))
    .orderBy(asc(webhookDeliveries.id));
  return {
    orders: ownOrders.map(({ row }) => row),
    customers: ownCustomers,
    reviews: ownReviews,
    questions: ownQuestions,
    deliveries,
  };
}
