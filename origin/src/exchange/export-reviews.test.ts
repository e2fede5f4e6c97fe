import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReviewAnswer } from '@plaudit/contract';
import naughtyStrings from 'big-list-of-naughty-strings' with { type: 'json' };
import { afterAll, expect, test } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { inShop } from '../db/row-security.ts';
import { reviews } from '../db/schema.ts';
import { importReviews, type ForeignReview } from '../domain/reviews/import-batch.ts';
import { createShop } from '../domain/shops/create.ts';
import { findShop } from '../domain/shops/find.ts';
import { exportReviews, type ExportFormat } from './export-reviews.ts';
import { importFile } from './import-file.ts';
import { planImport } from './plan-import.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answersOf = (n: number): ReviewAnswer[] => [
  { question: 'variant', label: 'Variant', value: `Size ${n % 5}` },
  { question: 'fit', label: 'Fit?', value: 4 },
  { question: 'use', label: 'What for?', value: ['Work, "daily"', `${n}`] },
];

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
  ...(n % 22 === 0 ? { incentive: 'coupon' } : {}),
  ...(n % 4 === 0
    ? { answers: answersOf(n), translation: { locale: 'en', body: `Said ${n}` } }
    : {}),
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

  test.each(['plaudit-csv', 'jsonl'] as const)(
    'UG07: %s: what strangers write to break things comes out as it went in',
    async (format) => {
      const texts = naughtyStrings.map((text) => text.trim()).filter((text) => text !== '');
      const from = await newShop(`naughty-${format}`);
      const to = await newShop(`naughty-too-${format}`);
      const naughty = texts.map((text, n): ForeignReview => {
        const short = Array.from(text).slice(0, 90).join('').trim();
        return {
          product: { externalId: short, title: short },
          rating: 5,
          title: short,
          body: text,
          author: short,
          answers: [{ question: 'words', label: short, value: short }],
          reply: { body: text },
          translation: { locale: 'en', title: short, body: text },
          verified: false,
          incentivized: false,
          status: 'published',
          media: [],
          votesUp: 0,
          votesDown: 0,
          createdAt: new Date(n * 1000),
          sourceKey: `id:${n}`,
        };
      });
      expect(await importReviews(fixture.context, from, 'import:a', naughty)).toBe(texts.length);
      const written = await textOf(from.appKey, format);
      const path = join(folder, `naughty.${format === 'jsonl' ? 'jsonl' : 'csv'}`);
      writeFileSync(path, written);
      await importFile(fixture.context, to, await planImport(path), {
        isDryRun: false,
        inventsMissing: false,
        onProgress: () => {},
        onRowError: ({ reason }) => expect.unreachable(reason),
      });
      const rowsOf = async (shopId: number) =>
        inShop(fixture.context.db, shopId, async (tx) =>
          tx
            .select({ title, body, author, answers, reply, translation })
            .from(reviews)
            .orderBy(reviews.createdAt),
        );
      const { title, body, author, answers, reply, translation } = reviews;
      expect(await rowsOf(to.id)).toEqual(await rowsOf(from.id));
      expect((await rowsOf(to.id)).map((row) => row.body)).toEqual(texts);
    },
  );

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
