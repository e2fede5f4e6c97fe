import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { importReviews, type ForeignReview } from '../domain/reviews/import-batch.ts';
import { createShop } from '../domain/shops/create.ts';
import { findShop } from '../domain/shops/find.ts';
import { exportReviews, type ExportFormat } from './export-reviews.ts';
import { importFile } from './import-file.ts';
import { planImport } from './plan-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reviews of all sorts, more than one page of them. */
const REVIEWS: ForeignReview[] = Array.from({ length: 2300 }, (_, n) => ({
  product: {
    externalId: `product ${n % 7}`,
    title: `Product "${n % 7}"`,
    url: `https://example.com/${n % 7}`,
  },
  rating: ((n % 5) + 1) as ForeignReview['rating'],
  body: `=${n}, "quoted"\r\nand &amp; more; '${n}'`,
  ...(n % 3 === 0 ? { title: `Title ${n}`, author: 'Ann', email: `a${n}@example.com` } : {}),
  verified: n % 2 === 0,
  incentivized: n % 11 === 0,
  locale: 'pt-BR',
  country: 'BR',
  status: (['published', 'pending', 'rejected', 'archived'] as const)[n % 4] ?? 'pending',
  media: n % 10 === 0 ? [{ kind: 'photo', url: `https://example.com/${n}.jpg` }] : [],
  ...(n % 6 === 0 ? { reply: { body: 'Thanks', createdAt: '2024-03-01T00:00:00.001Z' } } : {}),
  votesUp: n,
  votesDown: 1,
  createdAt: new Date(Date.UTC(2024, 0, 1) + n * 61_001),
  sourceKey: `id:${n}`,
}));

describeOnEach('exportReviews', (fixture) => {
  const newShop = async (appKey: string) => {
    await createShop(fixture.context, { appKey, name: appKey, autoPublish: true });
    return findShop(fixture.context.db, appKey);
  };

  async function textOf(appKey: string, format: ExportFormat, hasEmails = true): Promise<string> {
    const shop = await findShop(fixture.context.db, appKey);
    const plan = { format, hasEmails, onProgress: () => {} };
    let text = '';
    for await (const piece of exportReviews(fixture.context, shop, plan)) text += piece;
    return text;
  }

  test.each([
    ['plaudit-csv', 'csv'],
    ['jsonl', 'jsonl'],
  ] as const)('%s: another shop gets the very same reviews', async (format, extension) => {
    const from = await newShop(`from-${extension}`);
    await newShop(`to-${extension}`);
    await importReviews(fixture.context, from, 'import:a', REVIEWS.slice(0, 1200));
    await importReviews(fixture.context, from, 'import:b', REVIEWS.slice(1200));
    const written = await textOf(from.appKey, format);
    const path = join(folder, `${from.appKey}.${extension}`);
    writeFileSync(path, written);

    const to = await findShop(fixture.context.db, `to-${extension}`);
    const report = await importFile(fixture.context, to, await planImport(path), {
      isDryRun: false,
      inventsMissing: false,
      onProgress: () => {},
      onRowError: ({ reason }) => expect.unreachable(reason),
    });
    expect(report).toMatchObject({ read: 2300, imported: 2300, newProducts: 7 });
    // The ids are the shop's own; everything else is the same, in the same order.
    const withoutIds = (text: string) => text.replaceAll(/[0-9a-f]{24}/g, 'ID');
    expect(withoutIds(await textOf(to.appKey, format))).toBe(withoutIds(written));
  });

  test('nothing of another shop is in it', async () => {
    await newShop('alone');
    expect((await textOf('alone', 'plaudit-csv')).split('\r\n')).toHaveLength(2);
    expect(await textOf('alone', 'jsonl')).toBe('');
  });

  test('only published reviews are in the feed for Google', async () => {
    const shop = await newShop('feed');
    await importReviews(fixture.context, shop, 'import:a', REVIEWS);
    const ids = (await textOf('feed', 'google-xml')).match(/<review_id>/g);
    expect(ids).toHaveLength(REVIEWS.filter(({ status }) => status === 'published').length);
  });
});
