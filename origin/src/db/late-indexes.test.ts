import { beforeEach, expect, test } from 'vitest';
import { openFreshEmbedded } from '../../test/databases.ts';
import type { OpenDatabase } from './database.ts';
import { withLateIndexes } from './late-indexes.ts';
import { asSystem } from './row-security.ts';

let opened: OpenDatabase;
beforeEach(async () => {
  opened = await openFreshEmbedded();
  return opened.close;
});

async function unready(): Promise<string[]> {
  const result = await asSystem(opened.db, (tx) =>
    tx.execute(`select indexrelid::regclass::text as name from pg_index
      where not indisready or not indisvalid order by name`),
  );
  return (result as { rows: { name: string }[] }).rows.map(({ name }) => name);
}

const write = (key: string) =>
  asSystem(opened.db, (tx) =>
    tx.execute(`with shop as (insert into shops (app_key, name, settings) values ('${key}', 'A', '{}') returning id),
      product as (insert into products (shop_id, external_id, rating_shard) select id, 'kettle', 0 from shop
        returning id, shop_id)
      insert into reviews (public_id, shop_id, product_id, rating, body, status, source, created_at)
      select '${key}', shop_id, id, 5, 'Boils well', 'published', 'test', now() from product`),
  );

/** Without the indexes it would be read, and found, as well. */
const findByIndex = () =>
  asSystem(opened.db, async (tx) => {
    await tx.execute('set local enable_seqscan = off');
    await tx.execute('set local enable_indexscan = off');
    const query = `select public_id from reviews where search @@ to_tsquery('simple', 'boils') order by public_id`;
    const plan = await tx.execute(`explain ${query}`);
    return { plan: JSON.stringify(plan), found: await tx.execute(query) };
  });

test('writes rows first, and then the indexes that find them', async () => {
  const during = await withLateIndexes(opened.db, 1000, async () => {
    await write('a');
    return unready();
  });
  expect(during).toContain('reviews_search');
  expect(during).toContain('reviews_product_newest');
  // A second import of the same review is told by it.
  expect(during).not.toContain('reviews_source_key');
  expect(await unready()).toEqual([]);
  await write('b');
  const { plan, found } = await findByIndex();
  expect(plan).toContain('reviews_search');
  expect(found).toMatchObject({ rows: [{ public_id: 'a' }, { public_id: 'b' }] });
});

test('builds them when the work fails', async () => {
  const failing = withLateIndexes(opened.db, 1000, async () => {
    throw new Error('No more paper.');
  });
  await expect(failing).rejects.toThrow('No more paper.');
  expect(await unready()).toEqual([]);
});

test('keeps them where less comes than there is', async () => {
  await write('a');
  expect(await withLateIndexes(opened.db, 1000, unready)).toEqual([]);
});
