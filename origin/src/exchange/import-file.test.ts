import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { listProducts } from '../domain/products/list.ts';
import { listProductReviews } from '../domain/reviews/list.ts';
import { createShop } from '../domain/shops/create.ts';
import { findShop } from '../domain/shops/find.ts';
import type { RowError } from './error-report.ts';
import { importFile } from './import-file.ts';
import type { ImportReport } from './import-report.ts';
import { planImport, PlanError, type PlanOptions } from './plan-import.ts';

const DATA = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const hasData = existsSync(DATA);
if (!hasData)
  console.warn('Skipped: imports of the real data sets, because ../shared/data is not there.');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plaudit-import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describeOnEach('importFile', (fixture) => {
  let shops = 0;

  /** Imports a file into a new shop. */
  async function importNew(path: string, options: PlanOptions & { isDryRun?: boolean } = {}) {
    shops += 1;
    const appKey = `shop-${shops}`;
    await createShop(fixture.context, { appKey, name: appKey, autoPublish: true });
    const shop = await findShop(fixture.context.db, appKey);
    const errors: RowError[] = [];
    const again = async (more: { isDryRun?: boolean } = {}): Promise<ImportReport> =>
      importFile(fixture.context, shop, await planImport(path, options), {
        isDryRun: false,
        inventsMissing: false,
        onProgress: () => {},
        onRowError: (error) => void errors.push(error),
        ...options,
        ...more,
      });
    const products = () => listProducts(fixture.context.db, shop.id);
    const reviews = async (product: string) =>
      (await listProductReviews(fixture.context.db, shop.id, product, { limit: 100 })).reviews;
    return { report: await again(), errors, again, products, reviews };
  }

  test('reads Judge.me’s file: its own dates, spam, replies, pictures', async () => {
    const path = await file(
      'judgeme.csv',
      'title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,picture_urls,ip_address,location\n' +
        'Good,"Line one\nline two, with ""quotes"" &amp; more",5,2024-02-30 10:00:00 UTC,web,ok,Ann,ann@example.com,77,kettle,,,,,\n' +
        'Good,"Line one\nline two, with ""quotes"" &amp; more",5,2024-02-28 10:00:00 UTC,web,ok,Ann,ann@example.com,77,kettle,Thanks!,2024-03-01 09:00:00 UTC,"https://example.com/a.jpg,https://example.com/b.jpg",203.0.113.9,\n' +
        'Buy pills,pills,5,2024-02-28 10:00:00 UTC,web,spam,Spam,spam@example.com,77,kettle,,,,,\n',
    );
    const { report, errors, reviews } = await importNew(path);
    expect(report).toMatchObject({ read: 3, imported: 2, failed: 1 });
    expect(errors).toMatchObject([
      { row: 1, line: 3, field: 'createdAt', reason: expect.stringContaining('yyyy-mm-dd') },
    ]);
    expect(await reviews('77')).toMatchObject([
      {
        body: 'Line one\nline two, with "quotes" & more',
        createdAt: '2024-02-28T10:00:00.000Z',
        reply: { body: 'Thanks!', createdAt: '2024-03-01T09:00:00.000Z' },
        media: [{ url: 'https://example.com/a.jpg' }, { url: 'https://example.com/b.jpg' }],
        verified: false,
      },
    ]);
  });

  test('reads Shopify’s file: unpublished reviews stay unpublished', async () => {
    const path = await file(
      'shopify.csv',
      'product_handle,state,rating,title,author,email,location,body,reply,created_at,replied_at\n' +
        'mug,published,4,Nice,Bo,bo@example.com,Oslo,Text,,2020-01-02 03:04:05 -0500,\n' +
        'mug,unpublished,1,Bad,Cy,cy@example.com,Rome,Text,,2020-01-02 03:04:05 -0500,\n',
    );
    const { report, reviews, products } = await importNew(path);
    expect(report).toMatchObject({ imported: 2, failed: 0 });
    expect(await reviews('mug')).toMatchObject([
      { rating: 4, createdAt: '2020-01-02T08:04:05.000Z' },
    ]);
    expect(await products()).toMatchObject([{ id: 'mug', count: 1, average: 4 }]);
  });

  test.each([
    ['semicolons', Buffer.from('sku;rating;body\nA;5;"x;y"\n')],
    ['tabs', Buffer.from('sku\trating\tbody\nA\t5\tx;y\n')],
    ['a byte-order mark', Buffer.from('\uFEFFsku,rating,body\nA,5,x;y\n')],
    ['UTF-16', Buffer.from('\uFEFFsku,rating,body\nA,5,x;y\n', 'utf16le')],
    ['CRLF and no end of line at the end', Buffer.from('sku,rating,body\r\nA,5,x;y')],
    ['other names of columns', Buffer.from('Product ID,Review Score,Review Content\nA,5/5,x;y\n')],
  ])('finds its way with %s', async (what, bytes) => {
    const { reviews } = await importNew(await file(`${what}.csv`, bytes));
    expect(await reviews('A')).toMatchObject([{ rating: 5, body: 'x;y' }]);
  });

  test('reads gzip, and names the file when it is broken', async () => {
    const whole = gzipSync('sku,rating\nA,5\n'.repeat(1));
    expect((await importNew(await file('a.csv.gz', whole))).report.imported).toBe(1);
    await expect(importNew(await file('b.csv.gz', whole.subarray(0, 15)))).rejects.toThrow(
      /unexpected end/,
    );
  });

  test('reports each row that cannot be read, with its line and reason, and imports the rest', async () => {
    const path = await file(
      'broken.csv',
      'sku,rating,body\nA,5,fine\nA,,none\nA,6,too good\nA,five,word\n,5,no product\nA,5,too,many\n',
    );
    const { report, errors } = await importNew(path, { ratingScale: 5 });
    expect(report).toMatchObject({ read: 6, imported: 1, failed: 5 });
    expect(errors.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '3 has no rating',
      '4 has a rating that is not one of 1 to 5',
      '5 has a rating that is not one of 1 to 5',
      '6 names no product',
      '7 has 4 cells where the heading names 3 columns',
    ]);
  });

  test('keeps identical rows apart, and knows all of them the second time', async () => {
    const path = await file('twins.csv', `sku,rating\n${'A,4\n'.repeat(5)}B,1\n`);
    const { report, again, products } = await importNew(path);
    expect(report).toMatchObject({ imported: 6, known: 0 });
    expect(await again()).toMatchObject({ imported: 0, known: 6 });
    expect(await products()).toMatchObject([
      { id: 'A', count: 5, average: 4 },
      { id: 'B', count: 1, average: 1 },
    ]);
  });

  test('changes nothing in a dry run, and says what it would do', async () => {
    const path = await file('dry.csv', 'sku,rating\nA,4\nA,9\n');
    const { report, again, products } = await importNew(path, {
      isDryRun: true,
      map: ['rating=rating'],
      ratingScale: 10,
    });
    expect(report).toMatchObject({ imported: 2, known: 0 });
    expect(await products()).toEqual([]);
    await again({ isDryRun: false });
    expect(await again({ isDryRun: true })).toMatchObject({ imported: 0, known: 2 });
  });

  test('counts what was cut and what products are new, and lists the rows that were cut', async () => {
    const path = await file('cut.csv', `sku,rating,title\nA,4,${'x'.repeat(300)}\nB,5,y\n`);
    const { report, errors, reviews, again } = await importNew(path);
    expect(report).toMatchObject({ imported: 2, failed: 0, cut: 1, newProducts: 2 });
    expect(errors).toMatchObject([{ line: 2, reason: 'was imported with its title cut' }]);
    expect((await reviews('A'))[0]?.title).toBe('x'.repeat(200));
    expect(await again()).toMatchObject({ known: 2, newProducts: 0 });
  });

  test('gives a review to the product that the shop knows by any of the row’s names', async () => {
    await importNew(await file('first.csv', 'sku,rating\nkettle,5\n'));
    const rows = 'product_id,handle,sku,rating\n77,kettle,K-1,4\n78,pot,P-1,3\n';
    const shop = await findShop(fixture.context.db, `shop-${shops}`);
    const plan = await planImport(await file('second.csv', rows));
    const options = { isDryRun: false, inventsMissing: false };
    const silent = { onProgress: () => {}, onRowError: () => {} };
    const report = await importFile(fixture.context, shop, plan, { ...options, ...silent });
    expect(report).toMatchObject({ imported: 2, newProducts: 1 });
    expect(await listProducts(fixture.context.db, shop.id)).toMatchObject([
      { id: '78', count: 1 },
      { id: 'kettle', count: 2 },
    ]);
  });

  test('GD08: never takes a review for verified unless the file says so', async () => {
    const lines = [
      { product_id: 'A', rating: 5, verified: true },
      { product_id: 'A', rating: 4, verified: 'no' },
      { product_id: 'A', rating: 3 },
    ];
    const path = await file('verified.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'));
    const { reviews } = await importNew(path);
    const verified = (await reviews('A')).filter((review) => review.verified);
    expect(verified.map(({ rating }) => rating)).toEqual([5]);
  });

  describe.skipIf(!hasData)('of real data', () => {
    test('takes in all 23,486 rows of the clothing reviews, product by product as counted apart', async () => {
      const path = join(DATA, 'womens-clothing-ecommerce-reviews.csv.gz');
      const { report, products, again } = await importNew(path);
      expect(report).toMatchObject({ read: 23_486, imported: 23_486, failed: 0 });
      const counted = countApart(gunzipSync(readFileSync(path)).toString());
      expect(counted.size).toBe(1206);
      const imported = await products();
      expect(new Map(imported.map(({ id, count }) => [id, count]))).toEqual(
        new Map([...counted].map(([id, ratings]) => [id, ratings.length])),
      );
      for (const { id, average } of imported) {
        const ratings = counted.get(id) ?? [];
        const mean = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
        expect(average).toBeCloseTo(mean, 5);
      }
      expect(await again()).toMatchObject({ imported: 0, known: 23_486 });
    }, 120_000);

    test('takes in the Indonesian reviews, by product name', async () => {
      const path = join(DATA, 'prdect-id-part-a.csv');
      const { report, products, again } = await importNew(path);
      expect(report).toMatchObject({ read: 2720, imported: 2720, failed: 0 });
      const rows = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1);
      const byName = Map.groupBy(rows, (row) => row.split(';')[1]?.trim() ?? '');
      expect(byName.size).toBe(662);
      const counts = (await products()).map(({ count }) => count).toSorted((a, b) => a - b);
      const expected = [...byName.values()].map((own) => own.length).toSorted((a, b) => a - b);
      expect(counts).toEqual(expected);
      expect(await again()).toMatchObject({ imported: 0, known: 2720 });
    }, 60_000);

    test('takes in the Korean ratings to ten only when it is told so', async () => {
      const path = join(DATA, 'nsmc-movie-reviews-part-a.jsonl');
      await expect(planImport(path)).rejects.toThrow(/--rating-scale 10/);
      await expect(planImport(path, { ratingScale: 10 })).rejects.toThrow(/--date-format/);
      const options = { ratingScale: 10, dateFormat: 'yy.mm.dd' } as const;
      const { report, products, reviews, again } = await importNew(path, options);
      expect(report).toMatchObject({ read: 4715, imported: 4715, failed: 0 });
      const lines = readFileSync(path, 'utf8').trim().split('\n');
      const films = Map.groupBy(
        lines.map((line) => JSON.parse(line) as { movie_id: string; rating: string }),
        ({ movie_id }) => movie_id,
      );
      const imported = await products();
      expect(imported).toHaveLength(60);
      for (const { id, count, average } of imported) {
        const own = films.get(id) ?? [];
        const stars = own.map(({ rating }) => Math.ceil(Number(rating) / 2));
        expect(count).toBe(own.length);
        expect(average).toBeCloseTo(stars.reduce((sum, star) => sum + star, 0) / own.length, 5);
      }
      expect((await reviews('67311'))[0]?.createdAt).toMatch(/^20(0[3-9]|1[0-5])-/);
      expect(await again()).toMatchObject({ imported: 0, known: 4715 });
    }, 60_000);
  });
});

/** Records of RFC 4180, found with one expression that shares nothing with the importer's reader. */
function* recordsApart(text: string): Generator<string[]> {
  let cells: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    yield cells;
    cells = [];
  }
}

/** Ratings by product, counted from the file itself. */
function countApart(text: string): Map<string, number[]> {
  const rows = [...recordsApart(text)].slice(1).filter((row) => row.length > 1);
  const byProduct = Map.groupBy(rows, ([, id = '']) => id);
  return new Map([...byProduct].map(([id, own]) => [id, own.map((row) => Number(row[5]))]));
}

describe('planImport', () => {
  test('asks about dates that can be read in two ways, and about nothing that the dates decide', async () => {
    const dated = (...dates: string[]) =>
      `sku,rating,date\n${dates.map((d) => `A,5,${d}\n`).join('')}`;
    const ambiguous = await file('ambiguous.csv', dated('03/04/2024', '05/06/2024'));
    await expect(planImport(ambiguous)).rejects.toThrow(
      /dd\/mm\/yyyy or as mm\/dd\/yyyy.*--date-format/,
    );
    expect(await planImport(ambiguous, { dateFormat: 'mm/dd/yyyy' })).toHaveProperty(
      'dateFormat',
      'mm/dd/yyyy',
    );
    const decided = await file('decided.csv', dated('03/04/2024', '25/06/2024'));
    expect(await planImport(decided)).toHaveProperty('dateFormat', 'dd/mm/yyyy');
  });

  test('asks about the scale where one rating in twenty is above five, not for a stray one', async () => {
    const rated = (stray: number) =>
      `sku,rating\n${'A,4\n'.repeat(40 - stray)}${'A,6\n'.repeat(stray)}`;
    expect(await planImport(await file('stray.csv', rated(1)))).toHaveProperty('ratingScale', 5);
    const other = await file('other-scale.csv', rated(2));
    await expect(planImport(other)).rejects.toThrow(/rates up to 6.*--rating-scale 10/);
    expect(await planImport(other, { ratingScale: 5 })).toHaveProperty('ratingScale', 5);
  });

  test('names the option when no column holds products or ratings', async () => {
    const path = await file('unknown.csv', 'thing,points\nA,5\n');
    await expect(planImport(path)).rejects.toThrow(/--map "COLUMN=rating"/);
    await expect(planImport(path, { map: ['points=rating'] })).rejects.toThrow(/COLUMN=productId/);
    const plan = await planImport(path, { map: ['points=rating', 'thing=productId'] });
    expect(plan.columns).toMatchObject({ productId: 'thing', rating: 'points' });
  });

  test.each([
    [['Points=rating'], /no column "Points"; it has thing, points/],
    [['points=stars'], /the field one of/],
    [['points'], /COLUMN=FIELD/],
  ])('refuses --map %j', async (map, message) => {
    const path = await file('unknown.csv', 'thing,points\nA,5\n');
    await expect(planImport(path, { map })).rejects.toThrow(message);
  });

  test('refuses an empty file', async () => {
    await expect(planImport(await file('empty.csv', ''))).rejects.toThrow(PlanError);
    await expect(planImport(await file('heading.csv', 'sku,rating\n'))).rejects.toThrow(PlanError);
  });
});
