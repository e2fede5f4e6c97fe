import { desc, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { foreignReview } from '../../../test/compat-shop.ts';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox, reviews } from '../../db/schema.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';
import { listActs } from '../audit/list.ts';
import { UnknownProductError } from '../errors.ts';
import { importReviews, type ForeignReview } from '../reviews/import-batch.ts';
import { listProductReviews } from '../reviews/list.ts';
import { moderateReview } from '../reviews/moderate.ts';
import { submitReview } from '../reviews/submit.ts';
import { createShop } from '../shops/create.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { addEndpoint } from '../webhooks/add.ts';
import { archiveProduct, restoreProduct } from './archive.ts';
import { createProduct } from './change.ts';
import { listProducts } from './list.ts';

/** More than go in one batch. */
const COUNT = 420;

describeOnEach('a product that is taken away', (fixture) => {
  let shop: Shop;
  let shops = 0;
  beforeEach(async () => {
    shops += 1;
    const appKey = `s${shops}`;
    await createShop(fixture.context, { appKey, name: 'S', autoPublish: true });
    shop = await findShop(fixture.context.db, appKey);
  });

  const bringIn = (count: number, more: Partial<ForeignReview> = {}, name = 'row') =>
    importReviews(
      fixture.context,
      shop,
      'test',
      Array.from({ length: count }, (_, n) =>
        foreignReview({
          product: { externalId: 'kettle' },
          sourceKey: `${name}:${n}`,
          rating: n % 2 ? 5 : 3,
          ...more,
        }),
      ),
    );
  const archive = (batchesMax?: number) =>
    archiveProduct(fixture.context, shop.appKey, 'kettle', batchesMax ? { batchesMax } : {});
  const restore = () => restoreProduct(fixture.context, shop.appKey, 'kettle');
  const ratings = () => listProducts(fixture.context.db, shop.id);
  const shown = async (product = 'kettle') =>
    (await listProductReviews(fixture.context.db, shop.id, product, {})).reviews;
  const rows = () =>
    asSystem(fixture.context.db, async (tx) =>
      tx.select().from(reviews).where(eq(reviews.shopId, shop.id)).orderBy(reviews.id),
    );

  test('goes with its reviews, in steps, and comes back as it was', async () => {
    await bringIn(COUNT);
    await bringIn(2, { product: { externalId: 'mug' } }, 'mug');
    await bringIn(1, { status: 'pending' }, 'waiting');
    const before = await ratings();
    expect(await archive(1)).toEqual({ reviews: 200, isDone: false });
    expect(await archive()).toEqual({ reviews: COUNT - 200, isDone: true });
    expect(await archive()).toEqual({ reviews: 0, isDone: true });
    expect(await ratings()).toMatchObject([
      { id: 'kettle', count: 0 },
      { id: 'mug', count: 2 },
    ]);
    expect(await shown()).toEqual([]);
    expect((await rows()).filter(({ status }) => status === 'pending')).toHaveLength(1);
    expect(await restore()).toEqual({ reviews: COUNT, isDone: true });
    expect(await ratings()).toEqual(before);
    const acts = await listActs(fixture.context.db, shop.appKey, 500);
    const own = acts.filter(({ verb }) => verb.startsWith('product.'));
    expect(own.map(({ verb, details }) => [verb, details['reviews']])).toEqual([
      ...[20, 200, 200, undefined].map((count) => ['product.restore', count]),
      ...[20, 200, 200, undefined].map((count) => ['product.archive', count]),
    ]);
  });

  test('tells webhooks of each review, as if it were decided on by itself', async () => {
    await addEndpoint(fixture.context, shop.appKey, { url: 'https://hooks.example/', events: [] });
    await bringIn(3);
    await archive();
    await restore();
    const told = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(webhookDeliveries).where(eq(webhookDeliveries.shopId, shop.id)),
    );
    expect(told.map(({ type }) => type).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'review.archived'),
      ...Array.from({ length: 3 }, () => 'review.published'),
    ]);
    expect(new Set(told.map(({ messageId }) => messageId)).size).toBe(6);
    expect(JSON.parse(told[0]?.payload ?? '')).toMatchObject({ data: { productId: 'kettle' } });
  });

  test('has what visitors could see purged hard', async () => {
    await bringIn(1);
    const wakes = fixture.wakes;
    await archive();
    const [purge] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(outbox).where(eq(outbox.shopId, shop.id)).orderBy(desc(outbox.id)).limit(1),
    );
    expect(purge?.payload).toMatchObject({
      mode: 'hard',
      tags: expect.arrayContaining([`product:${shop.appKey}:kettle`]),
    });
    expect(fixture.wakes).toBeGreaterThan(wakes);
  });

  test('brings back neither what the shop had archived before nor what it has rejected since', async () => {
    await bringIn(3);
    const [early, late, other] = await rows();
    const decide = (id = '', status: 'archived' | 'rejected') =>
      moderateReview(fixture.context, shop.appKey, id, status);
    await decide(early?.publicId, 'archived');
    await archive();
    await decide(late?.publicId, 'rejected');
    await restore();
    expect((await rows()).map(({ status }) => status)).toEqual([
      'archived',
      'rejected',
      'published',
    ]);
    expect((await shown()).map(({ id }) => id)).toEqual([other?.publicId]);
  });

  test('holds what visitors write of it, and keeps back what a file brings in', async () => {
    await bringIn(1);
    await archive();
    const person = { author: 'Ida', email: 'ida@example.com' };
    const submission = { rating: 5, ...person } as const;
    const { context } = fixture;
    const { status } = await submitReview(context, shop.appKey, 'kettle', submission);
    expect(status).toBe('pending');
    await bringIn(1, {}, 'later');
    expect(await ratings()).toMatchObject([{ count: 0 }]);
    const [, written, brought] = await rows();
    expect(written?.heldBy).toEqual([{ rule: 'archived-product' }]);
    expect(brought?.status).toBe('archived');
    expect(await restore()).toMatchObject({ reviews: 2 });
    expect(await ratings()).toMatchObject([{ count: 2 }]);
  });

  test('takes its reviews out of its group', async () => {
    await bringIn(2);
    await bringIn(1, { product: { externalId: 'jug' } }, 'jug');
    for (const id of ['kettle', 'jug']) {
      await createProduct(fixture.context, shop.appKey, id, { groupName: 'Pots' });
    }
    expect(await shown('jug')).toHaveLength(3);
    await archive();
    expect(await shown('jug')).toHaveLength(1);
    await restore();
    expect(await shown('jug')).toHaveLength(3);
  });

  test('is as the last of many callers wanted it', async () => {
    await bringIn(COUNT);
    await Promise.all([archive(), restore(), archive()]);
    await restore();
    expect(await ratings()).toMatchObject([{ count: COUNT }]);
  });

  test('has to be there', async () => {
    await expect(archive()).rejects.toThrow(UnknownProductError);
    await expect(restore()).rejects.toThrow(UnknownProductError);
  });
});
