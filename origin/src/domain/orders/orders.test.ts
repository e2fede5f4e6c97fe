import { and, eq, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { customers, orders } from '../../db/orders-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox, reviews } from '../../db/schema.ts';
import { listCustomers } from '../customers/list.ts';
import { saveCustomer } from '../customers/save.ts';
import { moderationRules } from '../moderation/rules.ts';
import { updateModerationRules } from '../moderation/update.ts';
import { submitReview } from '../reviews/submit.ts';
import { createShop } from '../shops/create.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { changeOrder, createOrder } from './change.ts';
import { changeFulfilment, createFulfilment } from './fulfil.ts';
import { findOrder, listOrders } from './list.ts';
import type { NewOrder } from './order.ts';

const MARA = { email: 'Mara@Example.com', firstName: 'Mara', lastName: 'Canary' };
const orderedAt = new Date('2026-02-20T10:00:00.000Z');
const line = (productId: string) => ({ productId, quantity: 1, totalPrice: 19.99 });

let made = 0;

/** An order of Mara’s, with an id of its own. */
const order = (more: Partial<NewOrder> = {}): NewOrder => ({
  externalId: `order-${(made += 1)}`,
  orderedAt,
  customer: MARA,
  lines: [line('kettle')],
  ...more,
});

describeOnEach('orders', (fixture) => {
  let acme: Shop;
  let other: Shop;
  const context = () => fixture.context;
  const create = (told: NewOrder) => createOrder(context(), 'acme', told);
  const review = (product: string, email = 'mara@example.com', appKey = 'acme') =>
    submitReview(context(), appKey, product, {
      rating: 4,
      // No two alike: those would be one review, sent twice.
      body: `Fine, ${(made += 1)} times.`,
      author: 'M',
      email,
    });
  const stored = async ({ id }: { id: string }) => {
    const [row] = await asSystem(context().db, async (tx) =>
      tx
        .select({ verified: reviews.verified, relevance: reviews.relevance })
        .from(reviews)
        .where(eq(reviews.publicId, id)),
    );
    return row;
  };
  const lastPurge = async () => {
    const [row] = await asSystem(context().db, async (tx) =>
      tx
        .select()
        .from(outbox)
        .where(eq(outbox.shopId, acme.id))
        .orderBy(sql`id desc`)
        .limit(1),
    );
    return row;
  };

  beforeAll(async () => {
    await createShop(context(), { appKey: 'other', name: 'Other', autoPublish: true });
    acme = await findShop(context().db, 'acme');
    other = await findShop(context().db, 'other');
  });

  test('are kept with customer, lines and deliveries, and read back as they were told', async () => {
    const delivery = { externalId: 'f1', fulfilledAt: orderedAt, status: 'pending' } as const;
    const told = order({
      name: '#1001',
      currency: 'EUR',
      totalPrice: 39.98,
      subtotalPrice: 35,
      paymentStatus: 'paid',
      lines: [line('kettle'), { productId: 'lamp', quantity: 2, totalPrice: null }],
      fulfilments: [{ ...delivery, items: [{ productId: 'lamp', quantity: 2 }] }],
    });
    const { customer, lines, fulfilments, ...fields } = told;
    const kept = await create(told);
    expect(kept).toMatchObject(fields);
    expect(kept.customer).toMatchObject({ ...customer, email: 'mara@example.com' });
    expect(kept.lines).toMatchObject(lines ?? []);
    expect(kept.fulfilments).toMatchObject(fulfilments ?? []);
    expect(await findOrder(context(), acme.id, { externalId: told.externalId })).toEqual(kept);
    expect(await findOrder(context(), acme.id, { number: kept.number })).toEqual(kept);
  });

  test('are made once, and changed afterwards', async () => {
    const told = order({ name: 'A' });
    const both = await Promise.allSettled([create(told), create(told)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const name = { externalId: told.externalId };
    const change = { totalPrice: 5, lines: [line('lamp')], cancelledAt: orderedAt };
    const changed = await changeOrder(context(), 'acme', name, change);
    expect(changed).toMatchObject({ name: 'A', ...change, orderedAt, customer: { email: /./ } });
    await expect(changeOrder(context(), 'acme', { number: -1 }, {})).rejects.toThrow('no order');
  });

  test('have deliveries that are told one by one', async () => {
    const { number } = await create(order());
    const told = { externalId: 'f', fulfilledAt: orderedAt, status: 'pending' } as const;
    const items = [{ productId: 'kettle', quantity: 1 }];
    const delivery = await createFulfilment(context(), 'acme', { number }, { ...told, items });
    expect(delivery).toMatchObject({ ...told, items, orderNumber: number });
    const again = createFulfilment(context(), 'acme', { number }, { ...told, items });
    await expect(again).rejects.toThrow('There is a fulfilment "f" already.');
    const change = { status: 'success' } as const;
    const name = { number };
    const done = await changeFulfilment(context(), 'acme', name, delivery.number, change);
    expect(done).toMatchObject({ ...told, items, status: 'success', number: delivery.number });
    expect((await findOrder(context(), acme.id, name)).fulfilments).toEqual([done]);
    await expect(changeFulfilment(context(), 'acme', name, 0, change)).rejects.toThrow(
      'fulfilment',
    );
  });

  test('GD08: make a review verified that comes after them', async () => {
    await create(order({ lines: [line('toaster')] }));
    const own = await stored(await review('toaster', ' MARA@example.com '.trim()));
    expect(own?.verified).toBe(true);
    expect((await stored(await review('toaster', 'ines@example.com')))?.verified).toBe(false);
    expect((await stored(await review('fridge')))?.verified).toBe(false);
    const elsewhere = await stored(await review('toaster', 'mara@example.com', 'other'));
    expect(elsewhere?.verified).toBe(false);
  });

  test('make a review verified that came before them, and tell the caches', async () => {
    const own = await review('grill');
    const ines = await review('grill', 'ines@example.com');
    const before = await stored(own);
    await create(order({ lines: [line('grill'), line('oven')] }));
    expect(await stored(own)).toEqual({
      verified: true,
      relevance: (before?.relevance ?? 0) + 5,
    });
    expect((await stored(ines))?.verified).toBe(false);
    const purge = await lastPurge();
    expect(purge?.payload.mode).toBe('soft');
    expect(purge?.payload.tags).toEqual(expect.arrayContaining(['product:acme:grill']));
    await create(order({ lines: [line('grill')] }));
    expect((await lastPurge())?.id).toBe(purge?.id);
  });

  test('verify a review only where they are as old as the shop wants, whichever comes first', async () => {
    const set = (orderAgeMinDays: number) =>
      updateModerationRules(context(), 'acme', moderationRules.parse({ orderAgeMinDays }));
    const days = (count: number) => new Date(context().now().getTime() - count * 24 * 60 * 60_000);
    await set(3);
    await create(order({ orderedAt: days(3), lines: [line('scale')] }));
    expect((await stored(await review('scale')))?.verified).toBe(true);
    await create(order({ orderedAt: days(2), lines: [line('whisk')] }));
    expect((await stored(await review('whisk')))?.verified).toBe(false);
    const [sieve, tongs] = [await review('sieve'), await review('tongs')];
    await create(order({ orderedAt: days(2), lines: [line('sieve')] }));
    await create(order({ orderedAt: days(3), lines: [line('tongs')] }));
    expect((await stored(sieve))?.verified).toBe(false);
    expect((await stored(tongs))?.verified).toBe(true);
    await set(0);
  });

  test('make no review verified when they were cancelled', async () => {
    const own = await review('radio');
    const { number } = await create(order({ lines: [line('radio')], cancelledAt: orderedAt }));
    expect((await stored(own))?.verified).toBe(false);
    expect((await stored(await review('radio')))?.verified).toBe(false);
    await changeOrder(context(), 'acme', { number }, { cancelledAt: null });
    expect((await stored(own))?.verified).toBe(true);
  });

  /** A delivery of what another order at the same time has as its line. */
  const crossed = (productId: string) => [
    {
      externalId: 'f',
      fulfilledAt: orderedAt,
      status: 'success' as const,
      items: [{ productId, quantity: 1 }],
    },
  ];

  test('and reviews that come at the same time find each other', async () => {
    const products = Array.from({ length: 12 }, (_, index) => `race-${index}`);
    const written = await Promise.all(
      products.map(async (product) => {
        const [receipt] = await Promise.all([
          review(product),
          create(order({ lines: [line(product)] })),
          create({ ...order({ lines: [line(`${product}-b`)] }), fulfilments: crossed(product) }),
          create({ ...order({ lines: [line(product)] }), fulfilments: crossed(`${product}-b`) }),
        ]);
        return receipt;
      }),
    );
    for (const receipt of written) expect((await stored(receipt))?.verified).toBe(true);
  });

  test('are read a page at a time, since a day, or by id', async () => {
    const seen: number[] = [];
    let after: number | undefined;
    do {
      const page = await listOrders(context(), acme.id, { limit: 5, after });
      seen.push(...page.rows.map(({ number }) => number));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual([...new Set(seen)].toSorted((a, b) => a - b));
    const late = new Date('2026-02-28T00:00:00.000Z');
    const { externalId } = await create(order({ orderedAt: late }));
    const since = await listOrders(context(), acme.id, { limit: 5, since: late });
    expect(since.rows.map((row) => row.externalId)).toEqual([externalId]);
    const named = { limit: 5, externalIds: [externalId, 'nowhere'] };
    expect((await listOrders(context(), acme.id, named)).rows).toEqual(since.rows);
  });

  test('are no other shop’s to see or to change', async () => {
    const { rows } = await listOrders(context(), acme.id, { limit: 1 });
    const number = rows[0]?.number ?? 0;
    expect(await listOrders(context(), other.id, { limit: 5 })).toEqual({ rows: [] });
    expect(await listCustomers(context(), other.id, { limit: 5 })).toEqual({ rows: [] });
    await expect(findOrder(context(), other.id, { number })).rejects.toThrow('no order');
    await expect(changeOrder(context(), 'other', { number }, {})).rejects.toThrow('no order');
    const told = { externalId: 'x', fulfilledAt: orderedAt, status: 'success' } as const;
    const delivery = createFulfilment(context(), 'other', { number }, { ...told, items: [] });
    await expect(delivery).rejects.toThrow('no order');
  });

  test('keep nobody’s name or address in clear', async () => {
    const text = await asSystem(context().db, async (tx) => {
      const bought = await tx.select().from(orders);
      return JSON.stringify([bought, await tx.select().from(customers)]);
    });
    expect(text).not.toMatch(/mara|canary/i);
  });

  test('GD01: have customers, who are known by id or by address, each once', async () => {
    const guest = await saveCustomer(context(), 'acme', { email: 'guest@example.com' });
    const change = { externalId: 'c-1', email: 'Guest@example.com', acceptsMarketing: true };
    const named = await saveCustomer(context(), 'acme', change);
    expect(named).toMatchObject({ number: guest.number, externalId: 'c-1' });
    const moved = { externalId: 'c-1', email: 'new@example.com', firstName: 'G' };
    expect(await saveCustomer(context(), 'acme', moved)).toMatchObject({
      number: guest.number,
      acceptsMarketing: true,
      ...moved,
    });
    const { number: another } = await saveCustomer(context(), 'acme', {
      externalId: 'c-2',
      email: 'new@example.com',
    });
    expect(another).not.toBe(guest.number);
    const page = await listCustomers(context(), acme.id, { limit: 5, externalIds: ['c-1'] });
    expect(page.rows).toMatchObject([{ email: 'new@example.com', firstName: 'G' }]);
    const both = { externalId: 'c-3', lastName: 'Twice' };
    const saved = await Promise.all([1, 2, 3].map(() => saveCustomer(context(), 'acme', both)));
    expect(new Set(saved.map(({ number }) => number)).size).toBe(1);
  });

  test('of one address belong to one customer', async () => {
    const mine = await asSystem(context().db, async (tx) =>
      tx
        .selectDistinct({ id: orders.customerId })
        .from(orders)
        .where(and(eq(orders.shopId, acme.id), sql`${orders.externalId} like 'order-%'`)),
    );
    expect(mine).toHaveLength(1);
  });
});
