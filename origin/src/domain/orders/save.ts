import type { Context } from '../context.ts';
import { AlreadyKnownError, UnknownOrderError } from '../errors.ts';
import { changeOrder, createOrder } from './change.ts';
import type { NewOrder, Order } from './order.ts';

/**
 * Keeps what a shop tells of an order, which is made where there is none of that id.
 * @throws UnknownShopError
 * @throws KeysUnavailableError
 */
export async function saveOrder(context: Context, appKey: string, order: NewOrder): Promise<Order> {
  const { externalId, ...change } = order;
  try {
    return await changeOrder(context, appKey, { externalId }, change);
  } catch (error) {
    if (!(error instanceof UnknownOrderError)) throw error;
  }
  try {
    return await createOrder(context, appKey, order);
  } catch (error) {
    // Another has told of it meanwhile.
    if (error instanceof AlreadyKnownError) {
      return changeOrder(context, appKey, { externalId }, change);
    }
    throw error;
  }
}
