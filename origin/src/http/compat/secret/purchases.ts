/** Orders as v1's clients tell of them: one, or many at once. */
import type { Hono } from 'hono';
import { z } from 'zod';
import { mayKnowPersons } from '../../../auth/access.ts';
import type { Customer } from '../../../domain/customers/customer.ts';
import { AlreadyKnownError, UnknownOrderError } from '../../../domain/errors.ts';
import { changeOrder, createOrder } from '../../../domain/orders/change.ts';
import { listPurchases, type Purchase } from '../../../domain/orders/list-purchases.ts';
import type { NewOrder } from '../../../domain/orders/order.ts';
import { address, currency, externalId, instant, maybe, text } from '../core/fields.ts';
import { envelope } from '../envelope.ts';
import { readPage, readSince } from '../parameters.ts';
import type { TokenDependencies } from '../token-access.ts';
import { addSecretCall, checked, type Call } from './call.ts';

const ORDERS_MAX = 1000;

const product = z.object({ url: maybe(address), name: maybe(text(1000)), image: maybe(address) });
/** An object by product id, or a list of such objects. */
const products = z
  .union([z.record(externalId, product), z.array(z.record(externalId, product))])
  .transform((told) =>
    (Array.isArray(told) ? told : [told]).flatMap((some) => Object.entries(some)),
  );

const purchase = z.object({
  email: text(254),
  customer_name: maybe(text(400)),
  order_id: externalId,
  order_date: instant,
  currency_iso: maybe(currency),
  products,
});
const purchases = z.object({ orders: z.array(purchase).max(ORDERS_MAX) });

/** Adds the calls. What was told before is told anew: clients send their orders again. */
export function addPurchaseCalls(app: Hono, dependencies: TokenDependencies): void {
  const one = '/apps/:appKey/purchases';
  const scope = 'orders:write';
  addSecretCall(app, dependencies, { method: 'POST', path: one, scope }, async (call) => {
    await tell(call, checked(purchase, call.fields));
    return DONE;
  });
  for (const path of [`${one}/mass_create`, `${one}/mass_create.json`]) {
    addSecretCall(app, dependencies, { method: 'POST', path, scope }, async (call) => {
      for (const order of checked(purchases, call.fields).orders) await tell(call, order);
      return DONE;
    });
  }
}

const PAGE = { name: 'count', usual: 10, most: 100 };

/** Adds what reads purchases, and takes them back. */
export function addPurchaseReads(app: Hono, dependencies: TokenDependencies): void {
  const path = '/apps/:appKey/purchases';
  const reading = { method: 'GET', path, scope: 'orders:read' } as const;
  addSecretCall(app, dependencies, reading, async ({ store, search }) => {
    const { size, offset } = readPage(search, PAGE);
    const query = { offset, limit: size, ...readSince(search) };
    const found = await listPurchases(store.domain, store.shopId, query);
    return envelope({
      purchases: found.purchases.map((one) => toPurchase(one, mayKnowPersons(store))),
      total_purchases: found.total,
      total_orders: found.totalOrders,
    });
  });

  // Two guesses: the names in the body, as those of orders elsewhere; and that an order which was
  // deleted is one that was cancelled, so that nothing that the shop told is lost.
  const taking = { method: 'DELETE', path, scope: 'orders:write' } as const;
  addSecretCall(app, dependencies, taking, async ({ store, fields }) => {
    const { domain, appKey } = store;
    for (const { order_id: externalId } of checked(cancellation, fields).orders) {
      await changeOrder(domain, appKey, { externalId }, { cancelledAt: domain.now() }).catch(
        (error: unknown) => {
          if (!(error instanceof UnknownOrderError)) throw error;
        },
      );
    }
    return DONE;
  });
}

const cancellation = z.object({
  orders: z.array(z.object({ order_id: externalId })).max(ORDERS_MAX),
});

const toPurchase = (
  { number, order, product, createdAt }: Purchase,
  mayKnow: boolean,
): Record<string, unknown> => ({
  id: number,
  user_email: (mayKnow && order.customer?.email) || '',
  user_name: (mayKnow && nameOf(order.customer)) || '',
  order_id: order.externalId,
  product_sku: product.id,
  product_name: product.title ?? product.id,
  product_url: product.url ?? '',
  order_date: order.orderedAt.toISOString(),
  product_description: '',
  created_at: createdAt.toISOString(),
});

const nameOf = (customer: Customer | null): string =>
  [customer?.firstName, customer?.lastName].filter(Boolean).join(' ');

/** Without the frame of others. */
const DONE = { code: 200, message: 'OK' };

async function tell(
  { store: { domain, appKey } }: Call,
  told: z.infer<typeof purchase>,
): Promise<void> {
  const order: NewOrder = {
    externalId: told.order_id,
    orderedAt: told.order_date,
    currency: told.currency_iso,
    customer: { email: told.email, ...namesOf(told.customer_name) },
    lines: told.products.map(([productId, { name, url, image }]) => ({
      productId,
      title: name ?? undefined,
      url: url ?? undefined,
      imageUrl: image ?? undefined,
      quantity: 1,
      totalPrice: null,
    })),
  };
  await createOrder(domain, appKey, order).catch((error: unknown) => {
    if (!(error instanceof AlreadyKnownError)) throw error;
    return changeOrder(domain, appKey, { externalId: order.externalId }, order);
  });
}

/** The last word is the family's name. */
function namesOf(name: string | null | undefined) {
  const words = name?.split(/\s+/u).filter(Boolean) ?? [];
  const lastName = words.length > 1 ? words.pop() : undefined;
  return { firstName: words.join(' ') || undefined, lastName };
}
