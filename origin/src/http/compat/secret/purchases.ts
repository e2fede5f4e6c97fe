/** Orders as v1's clients tell of them: one, or many at once. */
import type { Hono } from 'hono';
import { z } from 'zod';
import { AlreadyKnownError } from '../../../domain/errors.ts';
import { changeOrder, createOrder } from '../../../domain/orders/change.ts';
import type { NewOrder } from '../../../domain/orders/order.ts';
import { address, currency, externalId, instant, maybe, text } from '../core/fields.ts';
import { addSecretCall, RefusedCall, type Call, type SecretDependencies } from './call.ts';

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
export function addPurchaseCalls(app: Hono, dependencies: SecretDependencies): void {
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

function checked<T>(schema: z.ZodType<T>, fields: unknown): T {
  const { data, error } = schema.safeParse(fields);
  if (data !== undefined) return data;
  const problems = error?.issues.map(
    ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
  );
  throw new RefusedCall(400, problems?.join('; ') ?? '');
}
