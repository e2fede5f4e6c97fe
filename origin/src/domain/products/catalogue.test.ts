import { assert, asyncProperty, integer } from 'fast-check';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';
import { listActs } from '../audit/list.ts';
import { submitReview } from '../reviews/submit.ts';
import { createShop } from '../shops/create.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { createVariant, changeVariant } from '../variants/change.ts';
import { listVariants } from '../variants/list.ts';
import { changeProduct, createProduct } from './change.ts';
import { findProduct, listCatalogue } from './list-catalogue.ts';

const KETTLE = {
  title: 'Kettle',
  url: 'https://acme.example/kettle',
  description: 'Boils water.',
  sku: 'K-1',
  brand: 'Acme',
  price: 19.99,
  compareAtPrice: 25,
  currency: 'EUR',
  gtins: [{ type: 'EAN', value: '4006381333931' }],
  properties: { isBlocklisted: false },
};

describeOnEach('a shop’s catalogue', (fixture) => {
  let acme: Shop;
  const db = () => fixture.context.db;
  const create = (id: string, fields: Parameters<typeof createProduct>[3] = {}) =>
    createProduct(fixture.context, 'acme', id, fields);
  const purged = async () => {
    const rows = await asSystem(db(), async (tx) =>
      tx
        .select({ payload: outbox.payload })
        .from(outbox)
        .where(eq(outbox.shopId, acme.id))
        .orderBy(sql`id`),
    );
    return rows.map(({ payload }) => payload);
  };

  beforeAll(async () => {
    await createShop(fixture.context, { appKey: 'other', name: 'Other', autoPublish: true });
    acme = await findShop(db(), 'acme');
  });

  test('takes in all that a shop tells of a product, and gives it back', async () => {
    const made = await create('kettle', KETTLE);
    expect(made).toMatchObject({ externalId: 'kettle', ...KETTLE, mpn: null });
    expect(await findProduct(db(), acme.id, { externalId: 'kettle' })).toEqual(made);
    expect(await findProduct(db(), acme.id, { number: made.number })).toEqual(made);
  });

  test('keeps a price to the cent, whatever it is', async () => {
    const { number } = await create('priced');
    await assert(
      asyncProperty(integer({ min: 0, max: 10 ** 11 }), async (cents) => {
        const price = cents / 100;
        const changed = await changeProduct(fixture.context, 'acme', { number }, { price });
        expect(changed.price).toBe(price);
      }),
      { numRuns: 20 },
    );
  });

  test('is told of a product once; afterwards it is changed', async () => {
    await create('once');
    await expect(create('once')).rejects.toThrow('There is a product "once" already.');
    const name = { externalId: 'nowhere' };
    await expect(changeProduct(fixture.context, 'acme', name, {})).rejects.toThrow('"nowhere"');
    const both = await Promise.allSettled([create('twice'), create('twice')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('knows a product that reviews named before, and overwrites what they knew', async () => {
    const submission = { rating: 5, author: 'Mara', email: 'mara@example.com' } as const;
    await submitReview(fixture.context, 'acme', 'reviewed', submission);
    const before = await findProduct(db(), acme.id, { externalId: 'reviewed' });
    const made = await create('reviewed', { title: 'Lamp' });
    expect(made).toMatchObject({ number: before.number, title: 'Lamp' });
  });

  test('changes what is told, clears what is null, and leaves the rest', async () => {
    const { number } = await create('changing', KETTLE);
    const changes = { price: 9.5, brand: null, description: undefined };
    const changed = await changeProduct(fixture.context, 'acme', { number }, changes);
    expect(changed).toMatchObject({ ...KETTLE, price: 9.5, brand: null });
  });

  test('tells the caches of what visitors see, and of nothing else', async () => {
    const { number } = await create('seen', KETTLE);
    const count = (await purged()).length;
    const wakes = fixture.wakes;
    await changeProduct(fixture.context, 'acme', { number }, { price: 1, title: 'Kettle' });
    expect([(await purged()).length, fixture.wakes]).toEqual([count, wakes]);
    await changeProduct(fixture.context, 'acme', { number }, { title: 'Pot' });
    const last = (await purged()).at(-1);
    expect(last).toMatchObject({ mode: 'soft' });
    expect(last?.tags).toEqual(expect.arrayContaining(['product:acme:seen', 'reviews:acme']));
    expect(fixture.wakes).toBe(wakes + 1);
  });

  test('is read a page at a time, each product once', async () => {
    const seen: string[] = [];
    let after: number | undefined;
    do {
      const page = await listCatalogue(db(), acme.id, { limit: 2, after });
      expect(page.rows.length).toBeLessThanOrEqual(2);
      seen.push(...page.rows.map(({ externalId }) => externalId));
      after = page.next;
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(['kettle', 'reviewed', 'seen']));
    const named = { limit: 10, externalIds: ['seen', 'nowhere', 'kettle'] };
    const found = await listCatalogue(db(), acme.id, named);
    expect(found.rows.map(({ externalId }) => externalId)).toEqual(['kettle', 'seen']);
    expect(found.next).toBeUndefined();
  });

  test('holds variants, each with an id that is its product’s alone', async () => {
    const { number } = await create('shirt');
    const { number: hat } = await create('hat');
    const red = { externalId: 'red', title: 'Red', sku: 'S-R', price: 12.5, imageUrl: null };
    const options = [{ name: 'Colour', value: 'red' }];
    const name = { number };
    const made = await createVariant(fixture.context, 'acme', name, { ...red, options });
    expect(made).toMatchObject({ ...red, options, productNumber: number });
    await expect(createVariant(fixture.context, 'acme', name, red)).rejects.toThrow('already');
    await createVariant(fixture.context, 'acme', { externalId: 'hat' }, red);
    const changed = await changeVariant(fixture.context, 'acme', made, { price: null });
    expect(changed).toMatchObject({ ...red, price: null, options });
    const misplaced = { number: made.number, productNumber: hat };
    await expect(changeVariant(fixture.context, 'acme', misplaced, {})).rejects.toThrow('variant');
    const listed = await listVariants(db(), acme.id, number, { limit: 10 });
    expect(listed).toEqual({ rows: [changed] });
    const none = { limit: 10, externalIds: ['blue'] };
    expect(await listVariants(db(), acme.id, number, none)).toEqual({ rows: [] });
  });

  test('is no other shop’s to see or to change', async () => {
    const other = await findShop(db(), 'other');
    const { number } = await findProduct(db(), acme.id, { externalId: 'kettle' });
    expect(await listCatalogue(db(), other.id, { limit: 10 })).toEqual({ rows: [] });
    await expect(findProduct(db(), other.id, { number })).rejects.toThrow('There is no product');
    const { context } = fixture;
    await expect(changeProduct(context, 'other', { number }, {})).rejects.toThrow('no product');
    const variant = { externalId: 'x', title: 'X' };
    await expect(createVariant(context, 'other', { number }, variant)).rejects.toThrow('product');
    const { rows } = await listVariants(db(), acme.id, number, { limit: 1 });
    expect(rows).toEqual([]);
  });

  test('is changed in the audit log’s sight', async () => {
    const acts = await listActs(db(), 'acme', 100);
    expect(acts.map(({ verb }) => verb)).toEqual(
      expect.arrayContaining(['product.change', 'variant.change']),
    );
  });
});
