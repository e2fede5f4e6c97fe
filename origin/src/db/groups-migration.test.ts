import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { listProductReviews } from '../domain/reviews/list.ts';
import { findShop } from '../domain/shops/find.ts';
import { openDatabase } from './database.ts';
import { asSystem } from './row-security.ts';
import { outbox, reviews } from './schema.ts';

/** The last migration before there were groups. */
const BEFORE_GROUPS = 1_796_102_001_000;

test('groups that were named before reviews were shared are shared by the migration', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-groups-'));
  const old = await openDatabase({ dataDir, migrateTo: BEFORE_GROUPS });
  await asSystem(old.db, async (tx) => {
    for (const statement of [
      `insert into shops (app_key, name, settings) values ('Acme_1', 'Acme', '{}'), ('other', 'Other', '{}')`,
      `insert into products (shop_id, external_id, rating_shard)
         values (1, 'red', 1), (1, 'blue', 2), (1, 'lamp', 3), (2, 'red', 1)`,
      `insert into product_details (product_id, shop_id, group_name, created_at, updated_at)
         select id, shop_id, case external_id when 'lamp' then '' else 'shirts' end, now(), now()
         from products where shop_id = 1`,
      `insert into reviews (public_id, shop_id, product_id, rating, status, source, locale, created_at)
         select 'r' || p.id || n, p.shop_id, p.id, n, case n when 1 then 'pending' else 'published' end,
           'test', 'de', now() from products p, generate_series(1, 5) as n`,
      `insert into rating_summaries (product_id, shop_id, n2, n3, n4, n5, organic2, organic3, organic4, organic5)
         select id, shop_id, 1, 1, 1, 1, 1, 1, 1, 1 from products`,
      `insert into review_facets (shop_id, product_id, kind, value, count, total)
         select shop_id, id, 'locale', 'de', 4, 0 from products`,
    ])
      await tx.execute(sql.raw(statement));
  });
  await old.close();
  const { db, close } = await openDatabase({ dataDir });
  const acme = await findShop(db, 'Acme_1');
  for (const product of ['red', 'blue']) {
    const page = await listProductReviews(db, acme.id, product, { limit: 100 });
    expect(page.reviews).toHaveLength(8);
    expect(page.summary).toMatchObject({ count: 8, histogram: [0, 2, 2, 2, 2] });
    expect(page.facets?.locales).toEqual([{ value: 'de', count: 8 }]);
  }
  expect((await listProductReviews(db, acme.id, 'lamp', {})).reviews).toHaveLength(4);
  const pending = await asSystem(db, async (tx) =>
    tx
      .select({ groupId: reviews.groupId })
      .from(reviews)
      .where(and(eq(reviews.shopId, acme.id), eq(reviews.status, 'pending'))),
  );
  expect(new Set(pending.map(({ groupId }) => groupId))).toEqual(new Set([-1, null]));
  const purges = await asSystem(db, async (tx) => tx.select().from(outbox));
  expect(purges).toMatchObject([
    { shopId: acme.id, payload: { mode: 'soft', tags: ['shop:.41.cme_1'] } },
  ]);
  await close();
  rmSync(dataDir, { recursive: true });
}, 60_000);
