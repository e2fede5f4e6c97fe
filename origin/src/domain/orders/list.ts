/** Reads a shop's orders with all that was told of them, for the shop. */
import { and, asc, eq, gt, gte, inArray, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { customers, fulfilments, orderLines, orders } from '../../db/orders-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { products } from '../../db/schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import type { Context } from '../context.ts';
import { openCustomer, type CustomerRow } from '../customers/customer.ts';
import { UnknownOrderError } from '../errors.ts';
import { cutPage, type NumberedPage, type NumberedRows } from '../products/list-catalogue.ts';
import { toFulfilment, toOrderFields, type Order, type OrderName } from './order.ts';

/** Which orders are wanted. */
export interface OrderQuery extends NumberedPage {
  /** Only orders that were placed since then. */
  since?: Date | undefined;
}

/** An order that opens with the shop's keys of that version, or newer ones. */
export interface SealedOrder {
  keyVersion: number;
  open: (keys: ShopKeys) => Order;
}

/** The condition that finds an order in its shop. */
export const isNamedOrder = (shopId: number, name: OrderName): SQL | undefined =>
  and(
    eq(orders.shopId, shopId),
    'number' in name ? eq(orders.id, name.number) : eq(orders.externalId, name.externalId),
  );

/**
 * A page of orders.
 * @throws KeysUnavailableError
 */
export async function listOrders(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  { limit, after = 0, externalIds, since }: OrderQuery,
): Promise<NumberedRows<Order>> {
  const found = await inShop(db, shopId, async (tx) =>
    readOrders(
      tx,
      await tx
        .select()
        .from(orders)
        .where(
          and(
            eq(orders.shopId, shopId),
            gt(orders.id, after),
            externalIds && inArray(orders.externalId, [...externalIds]),
            since && gte(orders.orderedAt, since),
          ),
        )
        .orderBy(asc(orders.id))
        .limit(limit + 1),
    ),
  );
  return cutPage(await openOrders(vault, shopId, found), limit);
}

/**
 * One order.
 * @throws UnknownOrderError
 * @throws KeysUnavailableError
 */
export async function findOrder(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  name: OrderName,
): Promise<Order> {
  const found = await inShop(db, shopId, async (tx) =>
    readOrders(tx, await tx.select().from(orders).where(isNamedOrder(shopId, name))),
  );
  const [order] = await openOrders(vault, shopId, found);
  if (!order) throw new UnknownOrderError(name);
  return order;
}

/** Opens orders that were read: the vault is asked when the transaction is over. */
export async function openOrders(
  vault: Context['vault'],
  shopId: number,
  sealed: readonly SealedOrder[],
): Promise<Order[]> {
  const newest = Math.max(0, ...sealed.map(({ keyVersion }) => keyVersion));
  const keys = await vault.keysOf(shopId, newest);
  return sealed.map(({ open }) => open(keys));
}

/** Reads what belongs to these rows: three queries, however many they are. */
export async function readOrders(
  tx: Database,
  rows: readonly (typeof orders.$inferSelect)[],
): Promise<SealedOrder[]> {
  const ids = rows.map(({ id }) => id);
  const lines = await tx
    .select({ line: orderLines, productId: products.externalId })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .where(inArray(orderLines.orderId, ids))
    .orderBy(asc(orderLines.id));
  const delivered = await tx
    .select()
    .from(fulfilments)
    .where(inArray(fulfilments.orderId, ids))
    .orderBy(asc(fulfilments.id));
  const buyers = await tx
    .select()
    .from(customers)
    .where(
      inArray(
        customers.id,
        rows.flatMap(({ customerId }) => customerId ?? []),
      ),
    );
  const byId = new Map<number | null, CustomerRow>(buyers.map((buyer) => [buyer.id, buyer]));
  return rows.map((row) => {
    const buyer = byId.get(row.customerId);
    const parts = {
      lines: lines
        .filter(({ line }) => line.orderId === row.id)
        .map(({ line, productId }) => ({
          number: line.id,
          productNumber: line.productId,
          productId,
          quantity: line.quantity,
          totalPrice: line.totalPrice,
        })),
      fulfilments: delivered.filter(({ orderId }) => orderId === row.id).map(toFulfilment),
    };
    return {
      keyVersion: buyer?.keyVersion ?? 0,
      open: (keys) => ({
        ...toOrderFields(row),
        ...parts,
        customer: buyer ? openCustomer(keys, buyer) : null,
      }),
    };
  });
}
