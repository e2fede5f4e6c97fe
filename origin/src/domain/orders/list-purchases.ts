/** What was ordered, line by line and by page number, for clients that know no cursors. */
import { and, asc, eq, gt, gte, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { orderLines, orders } from '../../db/orders-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { products } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { toNumberedProduct, type NumberedProduct } from '../ratings/find-numbered.ts';
import { openOrders, readOrders } from './list.ts';
import type { Order } from './order.ts';

/** A product of an order. */
export interface Purchase {
  /** Stable, and unique over all shops. */
  number: number;
  order: Order;
  product: NumberedProduct;
  createdAt: Date;
}

/** Which lines are wanted. */
export interface PurchaseQuery {
  offset: number;
  limit: number;
  /** Only lines with a higher number. */
  afterNumber?: number | undefined;
  /** Only of orders that were placed since then. */
  since?: Date | undefined;
}

/** A page of lines, and how many there are. */
export interface Purchases {
  purchases: Purchase[];
  total: number;
  totalOrders: number;
}

/** Nothing is counted beyond it, and no page lies deeper: both cost what they pass over. */
const COUNT_MAX = 100_000;

/**
 * A page of a shop's purchases, in the order in which they were told.
 * @throws KeysUnavailableError
 */
export async function listPurchases(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  { offset, limit, afterNumber, since }: PurchaseQuery,
): Promise<Purchases> {
  const wanted = and(
    eq(orderLines.shopId, shopId),
    afterNumber === undefined ? undefined : gt(orderLines.id, afterNumber),
    since && gte(orders.orderedAt, since),
  );
  const { rows, sealed, ...totals } = await inShop(db, shopId, async (tx) => {
    const rows =
      offset > COUNT_MAX
        ? []
        : await tx
            .select({ line: orderLines, order: orders, product: products })
            .from(orderLines)
            .innerJoin(orders, eq(orders.id, orderLines.orderId))
            .innerJoin(products, eq(products.id, orderLines.productId))
            .where(wanted)
            .orderBy(asc(orderLines.id))
            .offset(offset)
            .limit(limit);
    const byId = new Map(rows.map(({ order }) => [order.id, order]));
    const sealed = await readOrders(tx, [...byId.values()]);
    return { rows, sealed, ...(await count(tx, wanted)) };
  });
  const opened = new Map((await openOrders(vault, shopId, sealed)).map((one) => [one.number, one]));
  const purchases = rows.flatMap(({ line, order: row, product }) => {
    const order = opened.get(row.id);
    if (!order) return [];
    const { createdAt } = row;
    return [{ number: line.id, order, product: toNumberedProduct(product), createdAt }];
  });
  return { purchases, ...totals };
}

async function count(
  tx: Database,
  wanted: SQL | undefined,
): Promise<{ total: number; totalOrders: number }> {
  const lines = tx
    .select({ orderId: orderLines.orderId })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(wanted)
    .limit(COUNT_MAX)
    .as('lines');
  const [row] = await tx
    .select({
      total: sql`count(*)`.mapWith(Number),
      totalOrders: sql`count(distinct ${lines.orderId})`.mapWith(Number),
    })
    .from(lines);
  return row ?? { total: 0, totalOrders: 0 };
}
