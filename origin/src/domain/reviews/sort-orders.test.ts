import { REVIEW_SORTS } from '@plaudit/contract';
import { and, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { reviews } from '../../db/schema.ts';
import { isInList } from '../products/list-of.ts';
import { enterShop } from '../shops/find.ts';
import { afterCursor, orderBy, toCursor } from './sort-orders.ts';

const LISTS = { product: 1, group: -1 };
const CASES = REVIEW_SORTS.flatMap((sort) => [
  { sort, of: 'product' as const },
  { sort, of: 'group' as const },
]);

describeOnEach('the orders of reviews, under row-level security', (fixture) => {
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
              isInList(LISTS[of]),
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
