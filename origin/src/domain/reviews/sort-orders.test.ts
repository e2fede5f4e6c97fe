import { REVIEW_SORTS } from '@plaudit/contract';
import { and, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { enterShop } from '../shops/find.ts';
import { isInScope, type Scope } from './filters.ts';
import { afterCursor, orderBy, toCursor } from './sort-orders.ts';

const LISTS = {
  product: { shopId: 1, listId: 1 },
  group: { shopId: 1, listId: -1 },
  shop: { shopId: 1 },
} satisfies Record<string, Scope>;
const CASES = REVIEW_SORTS.flatMap((sort) =>
  (['product', 'group', 'shop'] as const).map((of) => ({ sort, of })),
);

describeOnEach('the orders of reviews, under row-level security', (fixture) => {
  // Of an index without any row it is not told what a look into it costs.
  beforeAll(() =>
    asSystem(fixture.context.db, (tx) =>
      tx.execute(sql`with product as (
          insert into products (shop_id, external_id, rating_shard) select id, 'kettle', 0 from shops
          where app_key = 'acme' returning id, shop_id)
        insert into reviews (public_id, shop_id, product_id, group_id, rating, status, source, created_at)
        select 'a', shop_id, id, -1, 5, 'published', 'test', now() from product`),
    ),
  );

  test.each(CASES)(
    '$sort of a $of begins any page by a look into its index',
    async ({ sort, of }) => {
      const list = { sort, scope: 'any' };
      const row = { id: 7, rating: 4, ratingNegated: -4, helpfulness: 2, mediaCount: 1 };
      const cursor = toCursor(list, { ...row, createdAt: new Date('2026-03-01'), relevance: 9 });
      const plan = await enterShop(fixture.context.db, 'acme', async (tx) => {
        // An empty table is read through fastest: whether the index can do it is the question.
        await tx.execute(sql`select set_config('enable_seqscan', 'off', true),
        set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)`);
        const page = tx
          .select({ id: reviews.id })
          .from(reviews)
          .where(
            and(
              isInScope(LISTS[of]),
              sql`${reviews.status} = 'published'`,
              afterCursor(list, cursor),
            ),
          )
          .orderBy(...orderBy(sort))
          .limit(11);
        return JSON.stringify(await tx.execute(sql`explain ${page}`));
      });
      expect(plan).toMatch(new RegExp(`Index (?:Only )?Scan[^"]*reviews_${of}_`));
      expect(plan).toMatch(/Index Cond:[^"]*ROW\(/);
      expect(plan).not.toMatch(/Seq Scan|Sort/);
    },
  );
});
