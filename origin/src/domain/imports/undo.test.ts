import { toStatistics } from '@plaudit/contract';
import { desc, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox, reviews, shopSummaries } from '../../db/schema.ts';
import { listActs } from '../audit/list.ts';
import { listProducts } from '../products/list.ts';
import { toHistograms } from '../ratings/star-counts.ts';
import { importReviews, type ForeignReview } from '../reviews/import-batch.ts';
import { rejectReview } from '../reviews/moderate.ts';
import { createShop } from '../shops/create.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { ImportTakenOverError, UnknownImportError } from './errors.ts';
import { finishImport } from './finish.ts';
import { listImports } from './list.ts';
import { startImport } from './start.ts';
import { undoImport } from './undo.ts';

const foreign = (sourceKey: string, more: Partial<ForeignReview> = {}): ForeignReview => ({
  product: { externalId: 'kettle' },
  rating: 4,
  verified: false,
  incentivized: false,
  status: 'published',
  media: [],
  votesUp: 0,
  votesDown: 0,
  createdAt: new Date('2024-01-01'),
  sourceKey,
  ...more,
});

describeOnEach('undoImport', (fixture) => {
  let shop: Shop;
  let shops = 0;
  beforeEach(async () => {
    shops += 1;
    await createShop(fixture.context, { appKey: `s${shops}`, name: 'S', autoPublish: true });
    shop = await findShop(fixture.context.db, `s${shops}`);
  });

  const start = (fileDigest: string) =>
    startImport(fixture.context, shop, { source: 'import:a', fileName: 'a.csv', fileDigest });

  /** Imports reviews as one file. */
  async function bringIn(digest: string, batch: ForeignReview[]): Promise<string> {
    const own = await start(digest);
    const step = { import: own, from: 0, to: batch.length };
    await importReviews(fixture.context, shop, 'import:a', batch, step);
    await finishImport(fixture.context, own, { rowsDone: batch.length, failed: 0 });
    return own.publicId;
  }
  const products = () => listProducts(fixture.context.db, shop.id);

  test('takes away what the import brought in, and nothing else', async () => {
    const first = [foreign('1', { rating: 5 }), foreign('2', { product: { externalId: 'mug' } })];
    const earlier = await bringIn('x', first);
    const before = await products();
    const later = await bringIn('y', [
      foreign('1', { rating: 1 }),
      ...Array.from({ length: 2100 }, (_, n) => foreign(`n${n}`, { rating: n % 2 ? 1 : 2 })),
      foreign('3', { status: 'pending' }),
      foreign('4', { incentivized: true }),
    ]);
    expect(await listImports(fixture.context.db, shop.id, 9)).toMatchObject([
      { publicId: later, state: 'done', imported: 2102, known: 1 },
      { publicId: earlier, state: 'done', imported: 2, known: 0 },
    ]);
    const undo = (batchesMax?: number) =>
      undoImport(fixture.context, shop.appKey, later, batchesMax ? { batchesMax } : {});
    expect(await undo(2)).toEqual({ deleted: 2000, isDone: false });
    const [begun] = await listImports(fixture.context.db, shop.id, 1);
    expect(begun).toMatchObject({ state: 'undoing', undone: 2000 });
    expect(await undo()).toEqual({ deleted: 102, isDone: true });
    const acts = await listActs(fixture.context.db, shop.appKey, 9);
    expect(acts.filter(({ verb }) => verb === 'import.undo')).toHaveLength(1);
    expect(await products()).toEqual(before);
    const [summary] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(shopSummaries).where(eq(shopSummaries.shopId, shop.id)),
    );
    expect(toStatistics(toHistograms(summary).all)).toMatchObject({ count: 2, average: 4.5 });
    expect(toHistograms(summary).organic).toEqual([0, 0, 0, 1, 1]);
    expect(await undo()).toEqual({ deleted: 0, isDone: true });
    const [listed] = await listImports(fixture.context.db, shop.id, 1);
    expect(listed).toMatchObject({ state: 'undone', undone: 2102 });
  });

  test('counts a review that was rejected since no second time', async () => {
    const id = await bringIn('x', [foreign('1'), foreign('2', { rating: 2 })]);
    const [row] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(reviews).where(eq(reviews.shopId, shop.id)),
    );
    await rejectReview(fixture.context, shop.appKey, row?.publicId ?? '');
    await undoImport(fixture.context, shop.appKey, id);
    expect(await products()).toMatchObject([{ id: 'kettle', count: 0, average: 0 }]);
  });

  test('has what visitors could see purged hard', async () => {
    const id = await bringIn('x', [foreign('1')]);
    const wakes = fixture.wakes;
    await undoImport(fixture.context, shop.appKey, id);
    const [purge] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(outbox).where(eq(outbox.shopId, shop.id)).orderBy(desc(outbox.id)).limit(1),
    );
    expect(purge?.payload).toMatchObject({
      mode: 'hard',
      tags: expect.arrayContaining([`product:${shop.appKey}:kettle`]),
    });
    expect(fixture.wakes).toBe(wakes + 1);
  });

  test('lets the same file be imported again', async () => {
    await undoImport(fixture.context, shop.appKey, await bringIn('x', [foreign('1')]));
    await bringIn('x', [foreign('1')]);
    expect(await products()).toMatchObject([{ id: 'kettle', count: 1 }]);
    expect(await listImports(fixture.context.db, shop.id, 9)).toHaveLength(2);
  });

  test('ends an import that still runs, at its next batch', async () => {
    const own = await start('x');
    expect((await start('x')).id).toBe(own.id);
    const step = { import: own, from: 0, to: 1 };
    await importReviews(fixture.context, shop, 'import:a', [foreign('1')], step);
    await undoImport(fixture.context, shop.appKey, own.publicId);
    const next = { import: own, from: 1, to: 2 };
    await expect(
      importReviews(fixture.context, shop, 'import:a', [foreign('2')], next),
    ).rejects.toThrow(ImportTakenOverError);
    await expect(finishImport(fixture.context, own, { rowsDone: 2, failed: 0 })).rejects.toThrow(
      ImportTakenOverError,
    );
    expect(await products()).toMatchObject([{ count: 0 }]);
  });

  test('of two processes that go on with one import, only one gets a batch in', async () => {
    const own = await start('x');
    const step = { import: own, from: 0, to: 1 };
    const outcomes = await Promise.allSettled(
      ['1', '2'].map((key) =>
        importReviews(fixture.context, shop, 'import:a', [foreign(key)], step),
      ),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await products()).toMatchObject([{ count: 1 }]);
  });

  test('knows no import of another shop', async () => {
    const id = await bringIn('x', [foreign('1')]);
    await expect(undoImport(fixture.context, 'acme', id)).rejects.toThrow(UnknownImportError);
    expect(await products()).toMatchObject([{ count: 1 }]);
    expect((await listImports(fixture.context.db, shop.id, 1))[0]?.state).toBe('done');
  });
});
