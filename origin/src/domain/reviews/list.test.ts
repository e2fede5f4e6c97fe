import type { Review, ReviewQuery, ReviewSort } from '@plaudit/contract';
import { REVIEW_SORTS } from '@plaudit/contract';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { InvalidCursorError } from '../errors.ts';
import { createShop } from '../shops/create.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { importReviews, type ForeignReview } from './import-batch.ts';
import { listProductReviews, listShopReviews } from './list.ts';

const KETTLE = {
  externalId: 'kettle',
  title: 'A kettle',
  url: 'https://shop.example/kettle',
};

/** Many ties on purpose: ten instants, few votes, so that only a total order pages cleanly. */
function makeReviews(count: number): ForeignReview[] {
  return Array.from({ length: count }, (_, n) => ({
    product: n % 4 === 0 ? { externalId: 'other' } : KETTLE,
    rating: ((n % 5) + 1) as 1,
    title: `Review ${n}`,
    body: n % 3 === 0 ? undefined : `${n % 7 === 0 ? 'Sturdy handle. ' : ''}Text `.repeat(n % 9),
    verified: n % 2 === 0,
    incentivized: n % 6 === 0,
    locale: ['de', 'de-AT', 'den', 'en', undefined][n % 5],
    country: ['DE', 'AT', undefined][n % 3],
    status: n % 11 === 0 ? 'pending' : 'published',
    media: n % 8 === 0 ? [{ kind: 'photo', url: `https://example.com/${n}.jpg` }] : [],
    votesUp: n % 3,
    votesDown: n % 4,
    createdAt: new Date(Date.UTC(2026, 0, 1 + (n % 10))),
    sourceKey: `row:${n}`,
  }));
}

const balance = ({ helpful }: Review) => helpful.up - helpful.down;
const byNewest = (a: Review, b: Review) => b.createdAt.localeCompare(a.createdAt);
const ORDERS: Record<Exclude<ReviewSort, 'relevant'>, (a: Review, b: Review) => number> = {
  newest: byNewest,
  oldest: (a, b) => byNewest(b, a),
  highest: (a, b) => b.rating - a.rating || byNewest(a, b),
  lowest: (a, b) => a.rating - b.rating || byNewest(a, b),
  helpful: (a, b) => balance(b) - balance(a) || byNewest(a, b),
  media: (a, b) => (b.media?.length ?? 0) - (a.media?.length ?? 0) || byNewest(a, b),
};

describeOnEach('review lists', (fixture) => {
  let shop: Shop;
  const all = makeReviews(200);
  const visible = all.filter(({ status }) => status === 'published');
  const ofKettle = visible.filter(({ product }) => product.externalId === 'kettle');

  beforeAll(async () => {
    shop = await findShop(fixture.context.db, 'acme');
    await importReviews(fixture.context, shop, 'test', all);
    await createShop(fixture.context, { appKey: 'rival', name: 'Rival', autoPublish: true });
    const rival = await findShop(fixture.context.db, 'rival');
    await importReviews(fixture.context, rival, 'test', makeReviews(20));
  });

  const list = (query: ReviewQuery) =>
    listProductReviews(fixture.context.db, shop.id, 'kettle', query);

  async function readAll(query: ReviewQuery): Promise<Review[]> {
    const found: Review[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.reviews.length).toBeLessThanOrEqual(query.limit ?? 10);
      found.push(...page.reviews);
      cursor = page.next;
    } while (cursor !== undefined);
    return found;
  }

  test.each(REVIEW_SORTS)('pages through every review exactly once, %s', async (sort) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100 }), async (limit) => {
        const found = await readAll({ sort, limit });
        expect(found).toHaveLength(ofKettle.length);
        expect(new Set(found.map(({ id }) => id)).size).toBe(ofKettle.length);
      }),
      { numRuns: 4 },
    );
  });

  test.each(Object.entries(ORDERS))(
    'keeps the order of %s over all pages',
    async (sort, compare) => {
      const found = await readAll({ sort: sort as ReviewSort, limit: 7 });
      expect(found.toSorted(compare).map(({ id }) => id)).toEqual(found.map(({ id }) => id));
    },
  );

  test('shows first what says and shows most, whatever its rating, when no order is chosen', async () => {
    const found = await readAll({ limit: 100 });
    expect(found[0]?.body?.length ?? 0).toBeGreaterThan(0);
    expect(found.at(-1)?.body).toBeUndefined();
    expect(new Set(found.slice(0, 20).map(({ rating }) => rating)).size).toBe(5);
  });

  const locale = (tag: string) =>
    ofKettle.filter((r) => r.locale === tag || r.locale === `${tag}-AT`);
  test.each<[string, ReviewQuery, number]>([
    ['stars', { rating: [1, 5] }, ofKettle.filter((r) => [1, 5].includes(r.rating)).length],
    ['photos', { media: true }, ofKettle.filter((r) => r.media.length > 0).length],
    ['no photos', { media: false }, ofKettle.filter((r) => r.media.length === 0).length],
    ['verified', { verified: true }, ofKettle.filter((r) => r.verified).length],
    ['organic', { incentivized: false }, ofKettle.filter((r) => !r.incentivized).length],
    ['language', { locale: 'de' }, locale('de').length],
    [
      'language in another case',
      { locale: 'DE-at' },
      ofKettle.filter((r) => r.locale === 'de-AT').length,
    ],
    ['country', { country: 'AT' }, ofKettle.filter((r) => r.country === 'AT').length],
    ['words', { q: 'sturdy HANDLE' }, ofKettle.filter((r) => r.body?.includes('Sturdy')).length],
    [
      'the beginning of a word',
      { q: 'sturdy han' },
      ofKettle.filter((r) => r.body?.includes('Sturdy')).length,
    ],
    ['a beginning in quotes, which is none', { q: '"sturdy han"' }, 0],
    ['no word at all', { q: '&|!' }, 0],
    ['words that are nowhere', { q: 'nowhere' }, 0],
    [
      'several at once',
      { verified: true, rating: [3] },
      ofKettle.filter((r) => r.verified && r.rating === 3).length,
    ],
  ])('filters by %s, across pages', async (_what, query, expected) => {
    for (const sort of ['newest', 'relevant'] as const) {
      expect(await readAll({ ...query, sort, limit: 5 })).toHaveLength(expected);
    }
  });

  test('keeps the whole product’s summary beside a filtered page', async () => {
    const { summary } = await list({ rating: [1] });
    expect(summary.count).toBe(ofKettle.length);
    expect(summary.organic.count).toBe(ofKettle.filter((r) => !r.incentivized).length);
    const mean = ofKettle.reduce((sum, r) => sum + r.rating, 0) / ofKettle.length;
    expect(summary.average).toBeCloseTo(mean, 5);
  });

  test('lists the whole shop, and nothing of another', async () => {
    const page = await listShopReviews(fixture.context.db, shop.id, { limit: 100 });
    expect(page.summary.count).toBe(visible.length);
    expect(new Set(page.reviews.map(({ productId }) => productId))).toEqual(
      new Set(['kettle', 'other']),
    );
  });

  test('names the product of each review in the list of the whole shop alone', async () => {
    const page = await listShopReviews(fixture.context.db, shop.id, { limit: 100 });
    for (const { productId, productTitle, productUrl } of page.reviews) {
      const isNamed = productId === 'kettle';
      expect(productTitle).toBe(isNamed ? 'A kettle' : undefined);
      expect(productUrl).toBe(isNamed ? 'https://shop.example/kettle' : undefined);
    }
    const { reviews } = await list({});
    expect(reviews.filter((review) => 'productTitle' in review)).toEqual([]);
  });

  test('answers an unknown product with an empty page', async () => {
    const page = await listProductReviews(fixture.context.db, shop.id, 'unheard-of', {});
    expect(page).toEqual({
      summary: {
        count: 0,
        average: 0,
        histogram: [0, 0, 0, 0, 0],
        organic: { count: 0, average: 0, histogram: [0, 0, 0, 0, 0] },
      },
      reviews: [],
    });
  });

  describe('a cursor', () => {
    test('of another order is refused', async () => {
      const { next } = await list({ sort: 'newest', limit: 1 });
      await expect(list({ sort: 'highest', cursor: next ?? '' })).rejects.toThrow(
        InvalidCursorError,
      );
    });

    test('of another product, of the shop, or of another filter is refused', async () => {
      const { db } = fixture.context;
      const { next: cursor = '' } = await list({ sort: 'newest', limit: 1 });
      const asked = { sort: 'newest', cursor } as const;
      expect((await list(asked)).reviews).not.toEqual([]);
      for (const attempt of [
        () => listProductReviews(db, shop.id, 'other', asked),
        () => listShopReviews(db, shop.id, asked),
        () => list({ ...asked, rating: [5] }),
        () => list({ ...asked, q: 'handle' }),
      ]) {
        await expect(attempt()).rejects.toThrow(InvalidCursorError);
      }
    });

    test.each([8e15, -8e15, -62_135_596_800_001, 253_402_300_800_000, 2 ** 60])(
      'with an instant outside the calendar is refused: %i',
      async (instant) => {
        const { next = '' } = await list({ sort: 'newest', limit: 1 });
        const [digest, first, , id] = JSON.parse(atob(next)) as unknown[];
        const cursor = btoa(JSON.stringify([digest, first, instant, id])).replace(/=+$/, '');
        await expect(list({ sort: 'newest', cursor })).rejects.toThrow(InvalidCursorError);
      },
    );

    test.each([
      '',
      'zzz',
      'W10',
      'bnVsbA',
      Buffer.from('["newest",0,1e99,1]').toString('base64url'),
    ])('that is made up is refused: %j', async (cursor) => {
      await expect(list({ sort: 'newest', cursor })).rejects.toThrow(InvalidCursorError);
    });
  });
});
