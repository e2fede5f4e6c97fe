import type { Review, ReviewPage, ReviewQuery } from '@plaudit/contract';
import { eq, inArray } from 'drizzle-orm';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { reviewAnswers } from '../../db/answers-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { saveProduct } from '../products/save.ts';
import { createShop } from '../shops/create.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { importReviews, type ForeignReview } from './import-batch.ts';
import { listProductReviews, listShopReviews } from './list.ts';

/** More than are looked at one by one. */
const COUNT = 700;
const RARE_EVERY = 90;

/** What is rare stands at the end of every order by time, and nowhere else. */
const all: ForeignReview[] = Array.from({ length: COUNT }, (_, n) => {
  const isRare = n % RARE_EVERY === 7;
  return {
    product: { externalId: n % 20 === 0 ? 'other' : 'kettle' },
    rating: isRare ? 1 : (((n % 3) + 3) as 3),
    title: `Review ${n}`,
    body: isRare ? 'It broke, it’s gone' : 'Sturdy handle',
    author: 'Mara',
    verified: n % 2 === 0,
    incentivized: n % 50 === 0,
    locale: isRare ? 'IS-is' : ['de', 'de-AT', 'den', undefined][n % 4],
    country: isRare ? 'IS' : 'DE',
    status: n % 11 === 0 ? 'pending' : 'published',
    media: n % 100 < 4 ? [{ kind: 'photo', url: `https://example.com/${n}.jpg` }] : [],
    votesUp: 0,
    votesDown: 0,
    createdAt: new Date(Date.UTC(isRare ? 2020 : 2026, 0, 1 + (n % 10))),
    sourceKey: `row:${n}`,
  };
});
const visible = all.filter(({ status }) => status === 'published');

const isLike = (review: ForeignReview, query: ReviewQuery): boolean =>
  (query.rating?.includes(review.rating) ?? true) &&
  isOr(query.country, review.country) &&
  isOr(query.media, review.media.length > 0) &&
  isOr(query.verified, review.verified) &&
  isOr(query.incentivized, review.incentivized) &&
  isSpoken(review.locale?.toLowerCase(), query.locale?.toLowerCase()) &&
  isSaid(review.body ?? '', query.q);
const isOr = <T>(wanted: T | undefined, value: T): boolean =>
  wanted === undefined || wanted === value;
const isSpoken = (locale: string | undefined, wanted: string | undefined): boolean =>
  wanted === undefined || locale === wanted || (locale?.startsWith(`${wanted}-`) ?? false);
/** By what the texts above hold. */
const isSaid = (body: string, q: string | undefined): boolean =>
  q === undefined || (q === 'brok' && body.includes('broke')) || body.toLowerCase() === q;

const filterings = fc.record(
  {
    rating: fc.constantFrom<ReviewQuery['rating']>([1], [1, 2], [5], [2]),
    media: fc.boolean(),
    verified: fc.boolean(),
    incentivized: fc.boolean(),
    locale: fc.constantFrom('de', 'DE-at', 'is', 'xx'),
    country: fc.constantFrom('IS', 'DE', 'AQ'),
    q: fc.constantFrom('brok', 'sturdy handle', 'nowhere', '&|!'),
  },
  { requiredKeys: [] },
);

describeOnEach('filters of a long list', (fixture) => {
  let shop: Shop;
  /** Of the same reviews, in which both products are one group. */
  let grouped: Shop;
  const ofKettle = (query: ReviewQuery) =>
    listProductReviews(fixture.context.db, shop.id, 'kettle', query);
  const ofGroup = (query: ReviewQuery) =>
    listProductReviews(fixture.context.db, grouped.id, 'kettle', query);
  const ofShop = (query: ReviewQuery) => listShopReviews(fixture.context.db, shop.id, query);

  beforeAll(async () => {
    shop = await findShop(fixture.context.db, 'acme');
    await importReviews(fixture.context, shop, 'test', all);
    await createShop(fixture.context, { appKey: 'rival', name: 'Rival', autoPublish: true });
    const rival = await findShop(fixture.context.db, 'rival');
    await importReviews(fixture.context, rival, 'test', all.slice(0, 20));
    await createShop(fixture.context, { appKey: 'grouped', name: 'Grouped', autoPublish: true });
    grouped = await findShop(fixture.context.db, 'grouped');
    await importReviews(fixture.context, grouped, 'test', all);
    for (const id of ['kettle', 'other'])
      await saveProduct(fixture.context, 'grouped', id, { groupName: 'Kettles' });
  });

  async function readAll(
    list: (query: ReviewQuery) => Promise<ReviewPage>,
    query: ReviewQuery,
  ): Promise<Review[]> {
    const found: Review[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ ...query, limit: 60, ...(cursor === undefined ? {} : { cursor }) });
      found.push(...page.reviews);
      cursor = page.next;
    } while (cursor !== undefined);
    return found;
  }

  const titles = (some: readonly { title?: string | undefined }[]) =>
    some.map(({ title }) => title ?? '').toSorted();

  test('find the same as looking at every review, in any combination', async () => {
    await fc.assert(
      fc.asyncProperty(
        filterings,
        fc.constantFrom('newest', 'relevant', 'highest'),
        async (filtering, sort) => {
          const query = { ...filtering, sort } as ReviewQuery;
          const wanted = visible.filter((review) => isLike(review, query));
          expect(titles(await readAll(ofShop, query))).toEqual(titles(wanted));
          expect(titles(await readAll(ofGroup, query))).toEqual(titles(wanted));
          const own = wanted.filter(({ product }) => product.externalId === 'kettle');
          const found = await readAll(ofKettle, query);
          expect(titles(found)).toEqual(titles(own));
          if (sort !== 'newest') return;
          expect(found).toEqual(found.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('find what was answered to a question, which is rare', async () => {
    await asSystem(fixture.context.db, async (tx) => {
      const rows = await tx
        .select()
        .from(reviews)
        .where(inArray(reviews.title, ['Review 7', 'Review 97', 'Review 8']));
      const answers = rows.map(({ id, shopId, productId }) => ({
        reviewId: id,
        shopId,
        productId,
        question: 'fit',
        value: 'too:small',
      }));
      await tx.insert(reviewAnswers).values(answers);
    });
    const answer = 'fit:too:small';
    for (const list of [ofKettle, ofGroup, ofShop]) {
      const found = await readAll(list, { answer, sort: 'newest' });
      expect(titles(found)).toEqual(['Review 7', 'Review 8', 'Review 97']);
      expect(titles(await readAll(list, { answer, rating: [1], sort: 'newest' }))).toEqual([
        'Review 7',
        'Review 97',
      ]);
    }
  });

  test('forget a review that is not published any longer', async () => {
    const country = 'IS';
    const before = await readAll(ofShop, { country, sort: 'newest' });
    const [first] = before;
    await asSystem(fixture.context.db, async (tx) =>
      tx
        .update(reviews)
        .set({ status: 'rejected' })
        .where(eq(reviews.publicId, first?.id ?? '')),
    );
    expect(await readAll(ofShop, { country, sort: 'newest' })).toEqual(before.slice(1));
  });
});
