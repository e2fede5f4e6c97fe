import { productTag } from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fillShop } from '../../../test/compat-shop.ts';
import { clock, describeOnEach } from '../../../test/databases.ts';
import { GroupedShop, PRODUCTS, steps } from '../../../test/grouped-shop.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';
import { listRatings } from '../ratings/list.ts';
import { listPendingReviews } from '../reviews/list-pending.ts';
import { listProductReviews } from '../reviews/list.ts';
import { publishReview } from '../reviews/moderate.ts';
import { submitReview } from '../reviews/submit.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { listTopics } from '../topics/list.ts';
import { listStaleLists, refreshTopics } from '../topics/refresh.ts';
import { saveProduct } from './save.ts';

describeOnEach('products of one group', (fixture) => {
  test('show the same reviews and ratings, whatever happens, and are purged together', async () => {
    const { context } = fixture;
    const untouched = await GroupedShop.start(context);
    for (const product of ['red', 'blue'] as const) {
      await untouched.take({ kind: 'submit', product });
      await untouched.take({ kind: 'move', product, group: 'shirts' });
    }
    const before = await untouched.pages();
    await untouched.takenOut();
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 6, maxLength: 16 }), async (taken) => {
        const groups = await GroupedShop.start(context);
        for (const step of taken) {
          expect({ step, unpurged: await groups.take(step) }).toEqual({ step, unpurged: [] });
        }
        expect(await groups.read()).toEqual(await groups.expected());
      }),
      { numRuns: 4 },
    );
    expect(await untouched.pages()).toEqual(before);
    expect(await untouched.takenOut()).toEqual([]);
    expect(await untouched.read()).toEqual(await untouched.expected());
  });

  test('stay right while reviews and groups change at the same time', async () => {
    const { context } = fixture;
    const groups = await GroupedShop.start(context);
    const { appKey } = groups.shop;
    const waiting = { product: { externalId: 'red' }, status: 'pending' as const };
    await fillShop(
      context,
      appKey,
      Array.from({ length: 8 }, () => waiting),
    );
    const pending = await listPendingReviews(context.db, groups.shop.id, 100);
    const submit = (n: number) =>
      submitReview(context, appKey, PRODUCTS[n % 2] ?? 'red', {
        rating: 5,
        author: 'Mara',
        email: `busy-${n}@example.com`,
      });
    const move = (n: number) =>
      saveProduct(context, appKey, PRODUCTS[n % 2] ?? 'red', {
        groupName: [null, 'shirts', 'hats'][n % 3] ?? null,
      });
    const bring = (n: number) =>
      fillShop(context, appKey, [
        { product: { externalId: PRODUCTS[n % 2] ?? 'red' } },
        { product: { externalId: PRODUCTS[(n + 1) % 2] ?? 'red' } },
      ]);
    await Promise.all([
      ...pending.map(({ id }) => publishReview(context, appKey, id)),
      ...Array.from({ length: 6 }, (_, n) => n).flatMap((n) => [submit(n), move(n), bring(n)]),
    ]);
    // Who was the last to move is not known; where both are now is said once more.
    await groups.move('red', null);
    await groups.move('blue', 'hats');
    expect(await groups.read()).toEqual(await groups.expected());
    await groups.move('red', 'hats');
    expect(await groups.read()).toEqual(await groups.expected());
    const ratings = await listRatings(context.db, groups.shop.id, ['red', 'blue']);
    expect(ratings).toMatchObject({ red: { count: 26 }, blue: { count: 26 } });
  });

  test('take a great many reviews along', async () => {
    const { context } = fixture;
    const groups = await GroupedShop.start(context);
    const many = Array.from({ length: 1100 }, () => ({ product: { externalId: 'red' } }));
    await fillShop(context, groups.shop.appKey, many);
    await groups.move('red', 'shirts');
    await groups.move('blue', 'shirts');
    const page = await listProductReviews(context.db, groups.shop.id, 'blue', { limit: 1 });
    expect(page.summary.count).toBe(1100);
    expect(page.reviews[0]?.productId).toBe('red');
  });

  describe('share their topics', () => {
    let shop: Shop;
    const start = clock.now;
    const refresh = async () => {
      clock.now = new Date(clock.now.getTime() + 11 * 60_000);
      const stale = await listStaleLists(fixture.context, 1000);
      const own = stale.filter(({ shopId }) => shopId === shop.id);
      const ids = own.map(({ listId }) => listId);
      return refreshTopics(fixture.context, shop.id, ids);
    };
    const topicsOf = async (product: string) =>
      (await listTopics(fixture.context.db, shop.id, product)).topics.map(({ topic }) => topic);

    beforeAll(async () => {
      const said = (n: number) =>
        n % 3 === 0 ? 'The spout drips a lot.' : 'Delivery took a while.';
      const batch = Array.from({ length: 30 }, (_, n) => ({
        product: { externalId: n % 2 ? 'red' : 'blue' },
        body: `${said(n)} Number ${n}.`,
      }));
      await fillShop(fixture.context, 'topical', batch);
      shop = await findShop(fixture.context.db, 'topical');
      for (const product of ['red', 'blue', 'green'])
        await saveProduct(fixture.context, 'topical', product, { groupName: 'shirts' });
      return () => {
        clock.now = start;
      };
    });

    test('which are found once for all of them', async () => {
      expect(await refresh()).toBe(1);
      for (const product of ['red', 'blue', 'green'])
        expect(await topicsOf(product)).toContain('spout drips');
      const tags = await asSystem(fixture.context.db, async (tx) => {
        const rows = await tx
          .select()
          .from(outbox)
          .where(eq(outbox.shopId, shop.id))
          .orderBy(outbox.id);
        return rows.at(-1)?.payload.tags;
      });
      expect(tags?.toSorted()).toEqual(
        ['blue', 'green', 'red'].map((product) => productTag('topical', product)),
      );
      const query = { topic: 'spout drips', limit: 100 };
      const page = await listProductReviews(fixture.context.db, shop.id, 'green', query);
      expect(page.reviews).toHaveLength(10);
    });

    test('and not with who has left', async () => {
      await saveProduct(fixture.context, 'topical', 'green', { groupName: null });
      await refresh();
      expect(await topicsOf('green')).toEqual([]);
      expect(await topicsOf('red')).toContain('spout drips');
    });
  });
});
