/** Orders and fulfilments of Core v3, as they come in and as they go out. */
import { z } from 'zod';
import type { Fulfilment, Order, ToldFulfilment } from '../../../domain/orders/order.ts';
import { customerFields, fromCustomer, toCustomer } from './customers.ts';
import { amount, count, currency, externalId, instant, maybe, text } from './fields.ts';

const LINES_MAX = 500;
const quantity = count
  .min(0)
  .nullish()
  .transform((value) => value ?? 1);
const status = z.enum(['pending', 'success', 'cancelled']);
const items = z.array(z.object({ external_product_id: externalId, quantity })).max(LINES_MAX);

const fulfilment = z.object({
  external_id: externalId,
  fulfillment_date: instant,
  status: status.default('pending'),
  fulfilled_items: items.default([]),
});

const orderFields = z.object({
  order_date: instant.optional(),
  order_name: maybe(text(200)),
  currency: maybe(currency),
  total_price: maybe(amount),
  subtotal_price: maybe(amount),
  payment_status: maybe(text(50)),
  customer: maybe(customerFields),
  line_items: z
    .array(z.object({ external_product_id: externalId, quantity, total_price: maybe(amount) }))
    .max(LINES_MAX)
    .optional(),
  fulfillments: z.array(fulfilment).max(100).nullish(),
  cancellation: maybe(z.object({ cancellation_date: instant })),
});

export const newOrder = z.object({
  order: orderFields.extend({ external_id: externalId, order_date: instant }),
});
export const orderChange = z.object({ order: orderFields });
export const newFulfilment = z.object({ fulfillment: fulfilment });
export const fulfilmentChange = z.object({
  fulfillment: z.object({
    fulfillment_date: instant.optional(),
    status: status.optional(),
    fulfilled_items: items.optional(),
  }),
});

/** In our words. Streets, telephone numbers, vouchers and parcels are not kept. */
export const fromOrder = (fields: z.infer<typeof orderFields>) => ({
  ...(fields.order_date && { orderedAt: fields.order_date }),
  name: fields.order_name,
  currency: fields.currency,
  totalPrice: fields.total_price,
  subtotalPrice: fields.subtotal_price,
  paymentStatus: fields.payment_status,
  cancelledAt: fields.cancellation && fields.cancellation.cancellation_date,
  customer: fields.customer ? fromCustomer(fields.customer) : undefined,
  lines: fields.line_items?.map((line) => ({
    productId: line.external_product_id,
    quantity: line.quantity,
    totalPrice: line.total_price ?? null,
  })),
  fulfilments: fields.fulfillments?.map(fromFulfilment),
});

export const fromFulfilment = (fields: z.infer<typeof fulfilment>): ToldFulfilment => ({
  externalId: fields.external_id,
  fulfilledAt: fields.fulfillment_date,
  status: fields.status,
  items: fromItems(fields.fulfilled_items),
});

/** The same of a change, with what it says alone. */
export const fromFulfilmentChange = ({
  fulfillment_date,
  status,
  fulfilled_items,
}: z.infer<typeof fulfilmentChange>['fulfillment']) => ({
  ...(fulfillment_date && { fulfilledAt: fulfillment_date }),
  ...(status && { status }),
  ...(fulfilled_items && { items: fromItems(fulfilled_items) }),
});

const fromItems = (told: z.infer<typeof items>) =>
  told.map((item) => ({ productId: item.external_product_id, quantity: item.quantity }));

/** As it goes out; without leave to know who people are, nobody is named. */
export const toCoreOrder = (order: Order, isNamed: boolean) => ({
  yotpo_id: order.number,
  external_id: order.externalId,
  order_date: order.orderedAt,
  order_name: order.name,
  checkout_token: null,
  payment_method: null,
  total_price: order.totalPrice,
  subtotal_price: order.subtotalPrice,
  currency: order.currency,
  landing_site_url: null,
  payment_status: order.paymentStatus,
  customer: order.customer && isNamed ? toCustomer(order.customer) : null,
  billing_address: null,
  shipping_address: null,
  line_items: order.lines.map((line) => ({
    yotpo_id: line.number,
    product_id: line.productNumber,
    external_product_id: line.productId,
    quantity: line.quantity,
    total_price: line.totalPrice,
    subtotal_price: null,
    coupon_code: null,
    custom_properties: null,
    created_at: order.createdAt,
    updated_at: order.updatedAt,
  })),
  fulfillments: order.fulfilments.map(toCoreFulfilment),
  cancellation: order.cancelledAt && { cancellation_date: order.cancelledAt },
  custom_properties: null,
  created_at: order.createdAt,
  updated_at: order.updatedAt,
});

/** As it goes out. */
export const toCoreFulfilment = (fulfilment: Fulfilment) => ({
  id: fulfilment.number,
  external_id: fulfilment.externalId,
  order_id: fulfilment.orderNumber,
  fulfillment_date: fulfilment.fulfilledAt,
  status: fulfilment.status,
  created_at: fulfilment.createdAt,
  updated_at: fulfilment.updatedAt,
  shipment_info: null,
  fulfilled_items: fulfilment.items.map((item) => ({
    yotpo_product_id: item.productNumber,
    external_product_id: item.productId,
    quantity: item.quantity,
  })),
});
