/** A shop tells how far the deliveries of an order are. */
import { and, eq } from 'drizzle-orm';
import { fulfilments, orders } from '../../db/orders-schema.ts';
import type { Database } from '../../db/database.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { AlreadyKnownError, UnknownFulfilmentError, UnknownOrderError } from '../errors.ts';
import { enterShop } from '../shops/find.ts';
import { isNamedOrder } from './list.ts';
import {
  toFulfilment,
  type Fulfilment,
  type FulfilmentFields,
  type OrderName,
  type ToldFulfilment,
} from './order.ts';
import { numberProducts, writeFulfilments } from './write-parts.ts';

/**
 * Takes in a new delivery.
 * @throws UnknownShopError
 * @throws UnknownOrderError
 * @throws AlreadyKnownError when the order has one of that id
 */
export function createFulfilment(
  context: Context,
  appKey: string,
  name: OrderName,
  told: ToldFulfilment,
): Promise<Fulfilment> {
  return write(context, appKey, name, async (tx, order) => {
    const isSame = and(
      eq(fulfilments.orderId, order.id),
      eq(fulfilments.externalId, told.externalId),
    );
    const [known] = await tx.select().from(fulfilments).where(isSame);
    if (known) throw new AlreadyKnownError('fulfilment', told.externalId);
    return told;
  });
}

/**
 * Changes a delivery.
 * @throws UnknownShopError
 * @throws UnknownOrderError
 * @throws UnknownFulfilmentError when the order has none of that number
 */
export function changeFulfilment(
  context: Context,
  appKey: string,
  name: OrderName,
  number: number,
  change: Partial<FulfilmentFields>,
): Promise<Fulfilment> {
  return write(context, appKey, name, async (tx, order) => {
    const isMeant = and(eq(fulfilments.orderId, order.id), eq(fulfilments.id, number));
    const [known] = await tx.select().from(fulfilments).where(isMeant);
    if (!known) throw new UnknownFulfilmentError(number);
    return { ...toFulfilment(known), ...change };
  });
}

async function write(
  context: Context,
  appKey: string,
  name: OrderName,
  tell: (tx: Database, order: typeof orders.$inferSelect) => Promise<ToldFulfilment>,
): Promise<Fulfilment> {
  return enterShop(context.db, appKey, async (tx, shop) => {
    // The order's lock lets its deliveries change one after the other.
    const [order] = await tx.select().from(orders).where(isNamedOrder(shop.id, name)).for('update');
    if (!order) throw new UnknownOrderError(name);
    const { externalId, fulfilledAt, status, items } = await tell(tx, order);
    const told = { externalId, fulfilledAt, status, items };
    const numbers = await numberProducts(tx, shop.id, [], [told]);
    const [written] = await writeFulfilments(tx, order, [told], { numbers, now: context.now() });
    if (!written) throw new UnknownFulfilmentError(order.id);
    const act = { verb: 'order.change', subject: `${order.id}` } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
    return written;
  });
}
