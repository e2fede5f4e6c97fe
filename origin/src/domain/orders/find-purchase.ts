import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { customers, orderLines, orders } from '../../db/orders-schema.ts';

/**
 * The first order in which the owner of an address bought a product; cancelled ones do not count.
 * Call it in the shop's transaction.
 * @param emailHash the address, as `ShopKeys.addressHash` gives it
 * @param productId our number of the product
 */
export async function findPurchase(
  tx: Database,
  shopId: number,
  emailHash: string,
  productId: number,
): Promise<{ orderedAt: Date } | undefined> {
  const [first] = await tx
    .select({ orderedAt: orders.orderedAt })
    .from(customers)
    .innerJoin(orders, eq(orders.customerId, customers.id))
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(
      and(
        eq(customers.shopId, shopId),
        eq(customers.emailHash, emailHash),
        eq(orderLines.productId, productId),
        isNull(orders.cancelledAt),
      ),
    )
    .orderBy(asc(orders.orderedAt))
    .limit(1);
  return first;
}
