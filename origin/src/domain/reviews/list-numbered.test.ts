import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillShop } from '../../../test/compat-shop.ts';
import { describeOnEach } from '../../../test/databases.ts';
import type { Database } from '../../db/database.ts';
import { products } from '../../db/schema.ts';
import { enterShop } from '../shops/find.ts';
import { listNumberedReviews, SKIP_MAX, type NumberedQuery } from './list-numbered.ts';

const COUNT = 40;
const SORTS: NumberedQuery['sort'][] = [
  'newest',
  'oldest',
  'highest',
  'lowest',
  'helpful',
  'unhelpful',
  'media',
  'relevant',
];

test.each([
  ['past the end', { offset: 10, total: 10 }],
  ['far past the end', { offset: 10 * SKIP_MAX, total: 10 }],
  ['too deep, from either end', { offset: SKIP_MAX + 1, total: 3 * SKIP_MAX }],
  ['too deep, where nobody knows the end', { offset: SKIP_MAX + 1 }],
])('a page that lies %s is empty, and the database is not asked', async (_where, query) => {
  const nobody = undefined as never;
  expect(await listNumberedReviews(nobody, 1, { sort: 'newest', limit: 150, ...query })).toEqual(
    [],
  );
});

describeOnEach('reviews by page number', (fixture) => {
  const read = async (query: NumberedQuery) =>
    enterShop(fixture.context.db, 'acme', async (tx, { id }) => {
      const listNumber = await firstProduct(tx);
      const page = await listNumberedReviews(tx, id, { listNumber, ...query });
      return page.map(({ number }) => number);
    });

  async function firstProduct(tx: Database): Promise<number | undefined> {
    const [row] = await tx.select({ id: sql`min(${products.id})`.mapWith(Number) }).from(products);
    return row?.id;
  }

  test('are the same whether they are read from the start or from the end', async () => {
    const many = Array.from({ length: COUNT }, (_, n) => ({
      rating: ((n % 5) + 1) as 1,
      votesUp: n % 3,
      votesDown: n % 2,
      createdAt: new Date(Date.UTC(2026, 0, 1 + (n % 7))),
    }));
    await fillShop(fixture.context, 'acme', many);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SORTS),
        fc.nat({ max: COUNT + 5 }),
        fc.integer({ min: 1, max: COUNT }),
        fc.constantFrom(undefined, 2 as const),
        async (sort, offset, limit, rating) => {
          const total = rating ? COUNT / 5 : COUNT;
          const whole = await read({ sort, rating, offset: 0, limit: COUNT });
          expect(whole).toHaveLength(total);
          const expected = whole.slice(offset, offset + limit);
          expect(await read({ sort, rating, offset, limit, total })).toEqual(expected);
          expect(await read({ sort, rating, offset, limit })).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });
});
