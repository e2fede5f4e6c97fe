/** Orders, their fulfilments, and purchases in Core v3. */
import { z } from 'zod';
import { mayKnowPersons } from '../../../auth/access.ts';
import { changeOrder, createOrder } from '../../../domain/orders/change.ts';
import { changeFulfilment, createFulfilment } from '../../../domain/orders/fulfil.ts';
import { findOrder, listOrders } from '../../../domain/orders/list.ts';
import { AlreadyKnownError } from '../../../domain/errors.ts';
import type { AddCall, Call } from './call.ts';
import { customerFields, fromCustomer } from './customers.ts';
import { address, count, externalId, instant, maybe, text } from './fields.ts';
import {
  fromFulfilment,
  fromFulfilmentChange,
  fromOrder,
  fulfilmentChange,
  newFulfilment,
  newOrder,
  orderChange,
  toCoreFulfilment,
  toCoreOrder,
} from './order-fields.ts';
import { readCorePage, toPagination } from './page.ts';

/** Adds the calls. */
export function addOrderCalls(add: AddCall): void {
  add('GET', '/orders', 'orders:read', async ({ store, search }) => {
    const page = readCorePage(search);
    const found = await listOrders(store.domain, store.shopId, page);
    const orders = found.rows.map((order) => toCoreOrder(order, mayKnowPersons(store)));
    return { body: { orders, pagination: toPagination(found, page) } };
  });

  add('POST', '/orders', 'orders:write', async ({ store, body }) => {
    const { order } = await body(newOrder);
    const { external_id: externalId, order_date: orderedAt } = order;
    const told = { ...fromOrder(order), externalId, orderedAt };
    const made = await createOrder(store.domain, store.appKey, told);
    return { status: 201, body: { order: { yotpo_id: made.number } } };
  });

  add('GET', '/orders/:order', 'orders:read', async ({ store, number }) => {
    const found = await findOrder(store.domain, store.shopId, { number: number('order') });
    return { body: { order: toCoreOrder(found, mayKnowPersons(store)) } };
  });

  add('PATCH', '/orders/:order', 'orders:write', async ({ store, number, body }) => {
    const { order } = await body(orderChange);
    const meant = { number: number('order') };
    await changeOrder(store.domain, store.appKey, meant, fromOrder(order));
    return { body: { order: { yotpo_id: meant.number } } };
  });

  addFulfilmentCalls(add);
  add('POST', '/register_purchase', 'orders:write', registerPurchase);
}

function addFulfilmentCalls(add: AddCall): void {
  const all = '/orders/:order/fulfillments';
  add('GET', all, 'orders:read', async ({ store, number }) => {
    const order = await findOrder(store.domain, store.shopId, { number: number('order') });
    const fulfillments = order.fulfilments.map(toCoreFulfilment);
    return { body: { fulfillments, pagination: { next_page_info: null } } };
  });

  add('POST', all, 'orders:write', async ({ store, number, body }) => {
    const told = fromFulfilment((await body(newFulfilment)).fulfillment);
    const meant = { number: number('order') };
    const made = await createFulfilment(store.domain, store.appKey, meant, told);
    return { status: 201, body: { fulfillment: toCoreFulfilment(made) } };
  });

  add('PATCH', `${all}/:fulfilment`, 'orders:write', async ({ store, number, body }) => {
    const change = fromFulfilmentChange((await body(fulfilmentChange)).fulfillment);
    const [order, fulfilment] = [{ number: number('order') }, number('fulfilment')];
    const changed = await changeFulfilment(store.domain, store.appKey, order, fulfilment, change);
    return { body: { fulfillment: toCoreFulfilment(changed) } };
  });
}

const purchase = z.object({
  purchase: z.object({
    external_order_id: externalId,
    order_date: instant,
    customer: customerFields,
    line_items: z
      .array(
        z.object({
          quantity: maybe(count),
          product: z.object({
            external_id: externalId,
            name: maybe(text(1000)),
            url: maybe(address),
          }),
        }),
      )
      .max(500),
  }),
});

/** One call for an order and its products, from shops that keep neither up to date here. */
async function registerPurchase({ store, body }: Call) {
  const told = (await body(purchase)).purchase;
  const order = {
    externalId: told.external_order_id,
    orderedAt: told.order_date,
    customer: fromCustomer(told.customer),
    lines: told.line_items.map(({ quantity, product }) => ({
      productId: product.external_id,
      title: product.name ?? undefined,
      url: product.url ?? undefined,
      quantity: quantity ?? 1,
      totalPrice: null,
    })),
  };
  const { domain, appKey } = store;
  const { number } = await createOrder(domain, appKey, order).catch((error: unknown) => {
    if (!(error instanceof AlreadyKnownError)) throw error;
    return changeOrder(domain, appKey, { externalId: order.externalId }, order);
  });
  return { body: { purchase: { yotpo_id: number } } };
}
