import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { fillShop } from '../../../test/compat-shop.ts';
import { clock, describeOnEach } from '../../../test/databases.ts';
import { createApp } from '../../app.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox, products } from '../../db/schema.ts';
import { listProductReviews } from '../reviews/list.ts';
import { rejectReview } from '../reviews/moderate.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { listTopics } from './list.ts';
import { listStaleLists, refreshTopics } from './refresh.ts';

const KETTLE = { externalId: 'kettle' };
const bodyOf = (n: number): string =>
  n % 3 === 0 ? `The spout drips a lot. Number ${n}.` : `Delivery took a while. Number ${n}.`;

describeOnEach('topics of a product', (fixture) => {
  let shop: Shop;
  const start = clock.now;
  const idOf = async (externalId: string) => {
    const rows = await asSystem(fixture.context.db, async (tx) => tx.select().from(products));
    return rows.find((row) => row.externalId === externalId && row.shopId === shop.id)?.id ?? 0;
  };
  const refresh = async () => {
    clock.now = new Date(clock.now.getTime() + 11 * 60_000);
    const stale = await listStaleLists(fixture.context, 100);
    const own = stale.filter(({ shopId }) => shopId === shop.id);
    const ids = own.map(({ listId }) => listId);
    return refreshTopics(fixture.context, shop.id, ids);
  };
  const list = (product = 'kettle') => listTopics(fixture.context.db, shop.id, product);
  const purges = async () => {
    const rows = await asSystem(fixture.context.db, async (tx) => tx.select().from(outbox));
    return rows.length;
  };

  beforeAll(async () => {
    clock.now = start;
    const kettle = Array.from({ length: 30 }, (_, n) => ({ product: KETTLE, body: bodyOf(n) }));
    const others = Array.from({ length: 90 }, (_, n) => ({
      product: { externalId: `lamp-${n % 10}` },
      body: `Delivery took a while. Lamp ${n}.`,
    }));
    await fillShop(fixture.context, 'acme', [...kettle, ...others]);
    shop = await findShop(fixture.context.db, 'acme');
    return () => {
      clock.now = start;
    };
  });

  test('are none before they were found, and found with quotes, told by one purge', async () => {
    expect(await list()).toEqual({ topics: [] });
    const wakes = fixture.wakes;
    expect(await refresh()).toBeGreaterThan(0);
    expect(fixture.wakes).toBe(wakes + 1);
    const { topics } = await list();
    expect(topics).toContainEqual({
      topic: 'spout drips',
      count: 10,
      quotes: [
        { review: expect.any(String), text: 'The spout drips a lot.' },
        { review: expect.any(String), text: 'The spout drips a lot.' },
      ],
    });
  });

  test('are found by the list under that very name, and stand among its facets', async () => {
    const { db } = fixture.context;
    const page = await listProductReviews(db, shop.id, 'kettle', { topic: 'spout drips' });
    expect(page.reviews).toHaveLength(10);
    expect(page.facets?.topics).toContainEqual({ value: 'spout drips', count: 10 });
  });

  test('are not found again while no review changes, nor sooner than they have rested', async () => {
    await fillShop(fixture.context, 'acme', [{ product: KETTLE, body: 'One more.' }]);
    expect(await listStaleLists(fixture.context, 100)).toEqual([]);
    clock.now = new Date(clock.now.getTime() + 11 * 60_000);
    expect(await listStaleLists(fixture.context, 100)).toEqual([
      { shopId: shop.id, listId: await idOf('kettle') },
    ]);
    const before = await purges();
    expect(await refresh()).toBe(0);
    expect(await purges()).toBe(before);
    clock.now = new Date(clock.now.getTime() + 11 * 60_000);
    expect(await listStaleLists(fixture.context, 100)).toEqual([]);
  });

  test('quote nothing that is not published any more, at once', async () => {
    const before = await list();
    const quoted = before.topics.find(({ topic }) => topic === 'spout drips')?.quotes[0];
    await rejectReview(fixture.context, 'acme', quoted?.review ?? '');
    const after = await list();
    expect(JSON.stringify(after)).not.toContain(quoted?.review);
    expect(await refresh()).toBe(1);
    expect((await list()).topics).toContainEqual(
      expect.objectContaining({ topic: 'spout drips', count: 9 }),
    );
  });

  test('are none of a product that few have reviewed, or that nobody knows', async () => {
    expect(await list('lamp-1')).toEqual({ topics: [] });
    expect(await list('unheard-of')).toEqual({ topics: [] });
  });

  test('are read under the tags of the product', async () => {
    const app = createApp({ domain: fixture.context, log: pino({ level: 'silent' }) });
    const path = 'http://origin/v1/shops/acme/products/kettle/topics';
    const answer = await app.request(path);
    expect(answer.headers.get('cache-tag')).toBe('shop:acme,product:acme:kettle');
    expect(answer.headers.get('cdn-cache-control')).toMatch(/stale-if-error=\d+/);
    expect(await answer.json()).toEqual(await list());
    expect((await app.request(path, { method: 'POST' })).headers.get('allow')).toBe(
      'GET, HEAD, OPTIONS',
    );
  });
});
