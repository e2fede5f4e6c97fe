import { REVIEW_SORTS } from '@plaudit/contract';
import { and, eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { reviews } from '../../db/schema.ts';
import { enterShop } from '../shops/find.ts';
import { afterCursor, orderBy, toCursor } from './sort-orders.ts';

describeOnEach('the orders of a product’s reviews, under row-level security', (fixture) => {
  test.each(REVIEW_SORTS)('%s begins any page by a look into its index', async (sort) => {
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
            eq(reviews.productId, 1),
            sql`${reviews.status} = 'published'`,
            afterCursor(list, cursor),
          ),
        )
        .orderBy(...orderBy(sort))
        .limit(11);
      return JSON.stringify(await tx.execute(sql`explain ${page}`));
    });
    expect(plan).toMatch(/Index (?:Only )?Scan[^"]*reviews_product_/);
    expect(plan).toMatch(/Index Cond:[^"]*ROW\(/);
    expect(plan).not.toMatch(/Seq Scan|Sort/);
  });
});
