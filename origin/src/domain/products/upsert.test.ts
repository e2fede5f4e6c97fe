import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem, inShop } from '../../db/row-security.ts';
import { products } from '../../db/schema.ts';
import { findShop } from '../shops/find.ts';
import { upsertProducts, type NamedProduct } from './upsert.ts';

describeOnEach('upsertProducts', (fixture) => {
  const upsert = async (...named: NamedProduct[]) => {
    const { db } = fixture.context;
    const { id } = await findShop(db, 'acme');
    return inShop(db, id, (tx) => upsertProducts(tx, id, named));
  };
  const stored = async (externalId: string) => {
    const [row] = await asSystem(fixture.context.db, async (tx) =>
      tx
        .select({ title: products.title, url: products.url, version: sql<string>`ctid::text` })
        .from(products)
        .where(eq(products.externalId, externalId)),
    );
    return row;
  };

  test('makes what is new and finds what is there, each once', async () => {
    const made = await upsert({ externalId: 'a' }, { externalId: 'b' }, { externalId: 'a' });
    expect([...made.keys()].toSorted()).toEqual(['a', 'b']);
    const found = await upsert({ externalId: 'b' }, { externalId: 'c' });
    expect(found.get('b')).toBe(made.get('b'));
    expect(found.size).toBe(2);
    expect(await upsert()).toEqual(new Map());
  });

  test('fills in what was unknown, and never overwrites', async () => {
    await upsert({ externalId: 'filled' });
    await upsert({ externalId: 'filled', title: 'Kettle' });
    await upsert({ externalId: 'filled', title: 'Pot', url: 'https://example.com/' });
    expect(await stored('filled')).toMatchObject({ title: 'Kettle', url: 'https://example.com/' });
  });

  test('writes nothing when nothing is new', async () => {
    await upsert({ externalId: 'same', title: 'Kettle' });
    const before = await stored('same');
    await upsert({ externalId: 'same', title: 'Kettle' }, { externalId: 'same' });
    expect(await stored('same')).toEqual(before);
  });

  test('makes a product once when many name it at the same time', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, async () => (await upsert({ externalId: 'busy' })).get('busy')),
    );
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toBeGreaterThan(0);
  });
});
