/** A shop tells of its orders. Reviews that their customers wrote before are then by buyers. */
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { customers, orders } from '../../db/orders-schema.ts';
import { inShop } from '../../db/row-security.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { writeCustomer } from '../customers/write.ts';
import { AlreadyKnownError, UnknownOrderError } from '../errors.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { lockAddress } from '../persons/lock-address.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { isNamedOrder, readOrders } from './list.ts';
import type { NewOrder, Order, OrderChange, OrderName } from './order.ts';
import { verifyReviews } from './verify-reviews.ts';
import { numberProducts, writeFulfilments, writeLines } from './write-parts.ts';

/**
 * Takes in a new order. Products that are not known yet are made.
 * @throws UnknownShopError
 * @throws AlreadyKnownError
 * @throws KeysUnavailableError
 */
export function createOrder(context: Context, appKey: string, order: NewOrder): Promise<Order> {
  const { externalId, orderedAt } = order;
  const now = context.now();
  return write(context, appKey, order, async (tx, shop) => {
    const [row] = await tx
      .insert(orders)
      .values({ shopId: shop.id, externalId, orderedAt, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new AlreadyKnownError('order', externalId);
    return row;
  });
}

/**
 * Changes what is known of an order.
 * @throws UnknownShopError
 * @throws UnknownOrderError
 * @throws KeysUnavailableError
 */
export function changeOrder(
  context: Context,
  appKey: string,
  name: OrderName,
  change: OrderChange,
): Promise<Order> {
  return write(context, appKey, change, async (tx, shop) => {
    const [row] = await tx.select().from(orders).where(isNamedOrder(shop.id, name)).for('update');
    if (!row) throw new UnknownOrderError(name);
    return row;
  });
}

type Row = typeof orders.$inferSelect;

/** Writes what was told to the order that a step has made or locked. */
async function write(
  context: Context,
  appKey: string,
  change: OrderChange,
  open: (tx: Database, shop: Shop) => Promise<Row>,
): Promise<Order> {
  const { db, vault, now, onOutbox } = context;
  const shop = await findShop(db, appKey);
  const keys = await vault.keysOf(shop.id);
  const written = await inShop(db, shop.id, async (tx) => {
    const { id, customerId } = await open(tx, shop);
    const { customer, lines, fulfilments = [], ...fields } = change;
    await lockBuyers(tx, shop.id, keys, { customerId, email: customer?.email });
    const buyer =
      customer && (await writeCustomer(tx, { shopId: shop.id, keys, now: now() }, customer));
    const [row] = await tx
      .update(orders)
      .set({ ...fields, updatedAt: now(), ...(buyer && { customerId: buyer.id }) })
      .where(eq(orders.id, id))
      .returning();
    const order = { id, shopId: shop.id };
    const numbers = await numberProducts(tx, shop.id, lines ?? [], fulfilments);
    if (lines) await writeLines(tx, order, lines, numbers);
    await writeFulfilments(tx, order, fulfilments, { numbers, now: now() });
    const seen = await verifyReviews(tx, shop.id, id);
    if (seen.length > 0) {
      const tags = await reviewTags(tx, appKey, seen);
      await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'soft' }, now());
    }
    const act = { verb: 'order.change', subject: `${id}` } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
    return readOrders(tx, row ? [row] : []);
  });
  onOutbox();
  const [order] = written.map(({ open }) => open(keys));
  if (!order) throw new UnknownOrderError({ externalId: '' });
  return order;
}

/** Locks the addresses of who the order was for, and of who it is for now. */
async function lockBuyers(
  tx: Database,
  shopId: number,
  keys: ShopKeys,
  { customerId, email }: { customerId: number | null; email?: string | null | undefined },
): Promise<void> {
  const [before] =
    customerId === null
      ? []
      : await tx
          .select({ emailHash: customers.emailHash })
          .from(customers)
          .where(and(eq(customers.shopId, shopId), eq(customers.id, customerId)));
  const hashes = [before?.emailHash ?? [], email ? keys.addressHash(email) : []].flat();
  // In one order, so that two changes at once never wait for each other.
  const sorted = [...new Set(hashes)].toSorted((a, b) => (a < b ? -1 : 1));
  for (const hash of sorted) await lockAddress(tx, shopId, hash);
}
