/** Orders and customers in the management API. */
import { z } from 'zod';
import type { Customer } from '../../domain/customers/customer.ts';
import { listCustomers as listAllCustomers } from '../../domain/customers/list.ts';
import { saveCustomer as saveOneCustomer } from '../../domain/customers/save.ts';
import { findOrder, listOrders as list } from '../../domain/orders/list.ts';
import type { Order } from '../../domain/orders/order.ts';
import { saveOrder as save } from '../../domain/orders/save.ts';
import { mayKnowPersons, type Access } from '../../auth/access.ts';
import {
  amount,
  count,
  currency,
  maybe,
  numberedPage,
  toNext,
  toNumberedPage,
  withoutNulls,
} from './catalogue-schema.ts';
import { operation } from './operation.ts';
import { instant, named, next, productId, text } from './schema.ts';

const LINES_MAX = 500;
const FULFILMENTS_MAX = 100;

const customer = named(
  'Customer',
  z.object({
    id: z.string().describe('The shop’s own; guests have none').exactOptional(),
    email: z.string().exactOptional(),
    firstName: z.string().exactOptional(),
    lastName: z.string().exactOptional(),
    acceptsMarketing: z.boolean().exactOptional(),
    createdAt: instant,
    updatedAt: instant,
  }),
);

const toCustomer = (row: Customer): z.output<typeof customer> => ({
  ...withoutNulls({
    id: row.externalId,
    email: row.email,
    firstName: row.firstName,
    lastName: row.lastName,
    acceptsMarketing: row.acceptsMarketing,
  }),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const fulfilmentStatus = z.enum(['pending', 'success', 'cancelled']);

const order = named(
  'Order',
  z.object({
    id: z.string().describe('The shop’s own'),
    name: z.string().exactOptional(),
    orderedAt: instant,
    currency: z.string().exactOptional(),
    totalPrice: z.number().exactOptional(),
    subtotalPrice: z.number().exactOptional(),
    paymentStatus: z.string().exactOptional(),
    cancelledAt: instant.exactOptional(),
    customer: customer.describe('With the scope persons:read only').exactOptional(),
    lines: z.array(
      z.object({
        productId: z.string(),
        quantity: z.int(),
        totalPrice: z.number().exactOptional(),
      }),
    ),
    fulfilments: z.array(
      z.object({
        id: z.string(),
        fulfilledAt: instant,
        status: fulfilmentStatus,
        items: z.array(z.object({ productId: z.string(), quantity: z.int() })),
      }),
    ),
    createdAt: instant,
    updatedAt: instant,
  }),
);

/** Without leave to know who people are, nobody is named. */
const toOrder =
  (access: Access) =>
  (row: Order): z.output<typeof order> => ({
    id: row.externalId,
    ...withoutNulls({
      name: row.name,
      currency: row.currency,
      totalPrice: row.totalPrice,
      subtotalPrice: row.subtotalPrice,
      paymentStatus: row.paymentStatus,
    }),
    orderedAt: row.orderedAt.toISOString(),
    ...(row.cancelledAt && { cancelledAt: row.cancelledAt.toISOString() }),
    ...(row.customer && mayKnowPersons(access) && { customer: toCustomer(row.customer) }),
    lines: row.lines.map(({ productId, quantity, totalPrice }) => ({
      productId,
      quantity,
      ...withoutNulls({ totalPrice }),
    })),
    fulfilments: row.fulfilments.map(({ externalId, fulfilledAt, status, items }) => ({
      id: externalId,
      fulfilledAt: fulfilledAt.toISOString(),
      status,
      items: items.map(({ productId, quantity }) => ({ productId, quantity })),
    })),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  });

export const listOrders = operation({
  method: 'get',
  path: '/orders',
  scope: 'orders:read',
  summary: 'List orders',
  description: 'In the order in which they became known.',
  query: z.strictObject({
    since: instant.describe('Placed then or later').exactOptional(),
    ...numberedPage,
  }),
  answer: named('OrderPage', z.object({ orders: z.array(order), next })),
  run: async ({ domain, shop, access, query }) => {
    const since = query.since === undefined ? undefined : new Date(query.since);
    const found = await list(domain, shop.id, { ...toNumberedPage(query), since });
    return { body: { orders: found.rows.map(toOrder(access)), ...toNext(found) } };
  },
});

export const getOrder = operation({
  method: 'get',
  path: '/orders/{orderId}',
  scope: 'orders:read',
  summary: 'Get an order',
  answer: order,
  run: async ({ domain, shop, access, params }) => {
    const found = await findOrder(domain, shop.id, { externalId: params.orderId });
    return { body: toOrder(access)(found) };
  },
});

const id = productId.describe('The shop’s own');

/** By what a customer can be known. */
const customerFields = z.strictObject({
  id: maybe(id),
  email: maybe(z.email('must be an e-mail address').max(254)),
  firstName: maybe(text(200)),
  lastName: maybe(text(200)),
  acceptsMarketing: maybe(z.boolean()),
});
const isKnowable = (fields: z.output<typeof customerFields>): boolean =>
  Boolean(fields.id ?? fields.email);
const customerChange = named(
  'CustomerChange',
  customerFields.refine(isKnowable, 'must have an id or an e-mail address'),
);

const fromCustomer = ({ id: externalId, ...rest }: z.output<typeof customerFields>) => ({
  externalId,
  ...rest,
});

export const saveOrder = operation({
  method: 'post',
  path: '/orders',
  scope: 'orders:write',
  summary: 'Save an order',
  description:
    'Makes it or changes it; by it reviews of its customer are verified. Lines replace those there were, fulfilments join them; what is left out stays as it is. Asked again it changes nothing more.',
  body: named(
    'OrderChange',
    z.strictObject({
      id,
      orderedAt: instant,
      name: maybe(text(200)),
      currency: maybe(currency),
      totalPrice: maybe(amount),
      subtotalPrice: maybe(amount),
      paymentStatus: maybe(text(50)),
      cancelledAt: maybe(instant),
      customer: customerChange.exactOptional(),
      lines: z
        .array(z.strictObject({ productId, quantity: count.min(0), totalPrice: maybe(amount) }))
        .max(LINES_MAX)
        .exactOptional(),
      fulfilments: z
        .array(
          z.strictObject({
            id,
            fulfilledAt: instant,
            status: fulfilmentStatus,
            items: z.array(z.strictObject({ productId, quantity: count.min(0) })).max(LINES_MAX),
          }),
        )
        .max(FULFILMENTS_MAX)
        .exactOptional(),
    }),
  ),
  answer: order,
  run: async ({ domain, shop, access, body }) => {
    const {
      id: externalId,
      orderedAt,
      cancelledAt,
      customer,
      lines,
      fulfilments,
      ...fields
    } = body;
    const saved = await save(domain, shop.appKey, {
      ...fields,
      externalId,
      orderedAt: new Date(orderedAt),
      cancelledAt: typeof cancelledAt === 'string' ? new Date(cancelledAt) : cancelledAt,
      customer: customer && fromCustomer(customer),
      lines: lines?.map(({ totalPrice = null, ...line }) => ({ ...line, totalPrice })),
      fulfilments: fulfilments?.map(({ id: externalId, fulfilledAt, ...rest }) => ({
        ...rest,
        externalId,
        fulfilledAt: new Date(fulfilledAt),
      })),
    });
    return { body: toOrder(access)(saved) };
  },
});

export const listCustomers = operation({
  method: 'get',
  path: '/customers',
  scope: 'persons:read',
  summary: 'List customers',
  description: 'In the order in which they became known.',
  query: z.strictObject(numberedPage),
  answer: named('CustomerPage', z.object({ customers: z.array(customer), next })),
  run: async ({ domain, shop, query }) => {
    const found = await listAllCustomers(domain, shop.id, toNumberedPage(query));
    return { body: { customers: found.rows.map(toCustomer), ...toNext(found) } };
  },
});

export const saveCustomer = operation({
  method: 'post',
  path: '/customers',
  scope: 'persons:write',
  summary: 'Save a customer',
  description:
    'Makes one or changes the one of that id or address. What is left out stays as it is; null clears a field.',
  body: customerChange,
  answer: customer,
  run: async ({ domain, shop, body }) => ({
    body: toCustomer(await saveOneCustomer(domain, shop.appKey, fromCustomer(body))),
  }),
});
