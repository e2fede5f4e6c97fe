/** One small file of every format, from its bytes to its reviews. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { RowError } from './error-report.ts';
import type { ImportedReview } from './imported-review.ts';
import { planImport, type PlanOptions } from './plan-import.ts';
import { readReviews } from './read-reviews.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readAll(name: string, content: string | Buffer, options: PlanOptions = {}) {
  const path = join(folder, name);
  writeFileSync(path, content);
  const plan = await planImport(path, options);
  const errors: RowError[] = [];
  const reviews: ImportedReview[] = [];
  const listener = { onRowError: (error: RowError) => void errors.push(error), onBytes: () => {} };
  for await (const { review } of readReviews(plan, listener)) if (review) reviews.push(review);
  return { plan, errors, reviews };
}

const SAMPLES: readonly (readonly [
  format: string,
  shape: string,
  content: string,
  expected: object,
])[] = [
  [
    'yotpo',
    'for WooCommerce',
    'review_title,review_content,display_name,user_email,user_type,review_score,date,sku,product_title,product_description,product_url,product_image_url\n' +
      '"Quiet","Boils fast, no noise",Ann,ann@example.com,verified_buyer,5,2024-03-02 08:00:00,K-1,Kettle,A kettle,https://example.com/kettle,https://example.com/kettle.jpg\n',
    {
      productId: 'K-1',
      title: 'Quiet',
      body: 'Boils fast, no noise',
      verified: true,
      productTitle: 'Kettle',
      productImageUrl: 'https://example.com/kettle.jpg',
    },
  ],
  [
    'yotpo',
    'older template',
    'published,review_title,review_content,review_score,date,product_id,display_name,email,comment_content\n' +
      'false,Meh,Too small,2,2019-12-31,kettle,Ann,ann@example.com,Sorry\n',
    { productId: 'kettle', rating: 2, status: 'pending', reply: { body: 'Sorry' } },
  ],
  [
    'yotpo',
    'export with handles',
    'Review Title;Review Content;Review Score;Date;Product ID;Shopify Product Handle;Display Name;Email;Verified Purchase;Published Image URLs\n' +
      'Good;"Nice; warm";4;2021-05-06;77;kettle;Ann;ann@example.com;TRUE;"https://example.com/a.jpg;https://example.com/b.jpg"\n',
    {
      productId: '77',
      otherProductIds: ['kettle'],
      body: 'Nice; warm',
      verified: true,
      pictureUrls: ['https://example.com/a.jpg', 'https://example.com/b.jpg'],
    },
  ],
  [
    'yotpo',
    'export with reviewers',
    'Product ID,Review Score,Reviewer Display Name,Review Content,Review Creation Date,Reviewer Email,Review Title\n' +
      'kettle,3,Ann,Fine,2021-05-06T07:08:09Z,ann@example.com,So so\n',
    { productId: 'kettle', author: 'Ann', createdAt: new Date('2021-05-06T07:08:09Z') },
  ],
  [
    'loox',
    'export',
    'id,status,rating,email,nickname,full_name,review,date,productId,handle,img,variant,verified_purchase\n' +
      'L1,Hidden,5,ann@example.com,Ann,Ann Example,Shiny,2022-01-02,77,kettle,https://example.com/a.jpg,Red,true\n',
    {
      sourceId: 'L1',
      status: 'pending',
      author: 'Ann',
      body: 'Shiny',
      verified: true,
      pictureUrls: ['https://example.com/a.jpg'],
      otherProductIds: ['kettle'],
    },
  ],
  [
    'loox',
    'import',
    'product_handle,rating,author,body,created_at,email,title,photo_url,verified_purchase\n' +
      'kettle,5,Ann,Shiny,2022-01-02,ann@example.com,Yes,https://example.com/a.jpg,true\n',
    { productId: 'kettle', title: 'Yes', author: 'Ann', verified: true },
  ],
  [
    'okendo',
    'import',
    'name,body,rating,dateCreated,handle,sku,countryCode,email,imageUrls,title\n' +
      'Ann,Warm,5,2023-04-05,kettle,K-1,au,ann@example.com,https://example.com/a.jpg,Yes\n',
    { productId: 'kettle', otherProductIds: ['K-1'], country: 'AU', author: 'Ann' },
  ],
  [
    'okendo',
    'export for people',
    'Review ID,Product ID,Product Name,Rating,Title,Body,Reviewer Name,Is Verified Buyer,Date Created,Status\n' +
      'r-1,77,Kettle,4,Yes,Warm,Ann,true,2023-04-05T00:00:00Z,approved\n',
    { sourceId: 'r-1', productTitle: 'Kettle', verified: true, status: 'published' },
  ],
  [
    'stamped',
    'export',
    'author,email,reviewRating,reviewTitle,reviewMessage,reviewDate,reviewState,productId,productName,reviewReply,reviewReplyDate,reviewVotesUp\n' +
      'Ann,ann@example.com,4,Yes,Warm,2023-04-05 06:07:08,published,77,Kettle,Thanks,2023-04-06 00:00:00,3\n',
    {
      body: 'Warm',
      createdAt: new Date('2023-04-05T06:07:08Z'),
      reply: { body: 'Thanks', createdAt: new Date('2023-04-06T00:00:00Z') },
      helpfulUp: 3,
    },
  ],
  [
    'woocommerce',
    'comments',
    'comment_ID,comment_post_ID,comment_author,comment_author_email,comment_date,comment_date_gmt,comment_content,comment_approved,product_SKU,meta:rating,meta:verified\n' +
      '9,12,Ann,ann@example.com,2023-04-05 08:00:00,2023-04-05 06:00:00,Warm,1,K-1,5,1\n',
    {
      sourceId: '9',
      productId: '12',
      otherProductIds: ['K-1'],
      author: 'Ann',
      body: 'Warm',
      createdAt: new Date('2023-04-05T06:00:00Z'),
      status: 'published',
      verified: true,
    },
  ],
  [
    'woocommerce',
    'reviews',
    'id,date_created,product_id,product_name,status,reviewer,reviewer_email,review,rating,verified\n' +
      '9,2023-04-05T06:00:00,12,Kettle,hold,Ann,ann@example.com,Warm,5,true\n',
    { sourceId: '9', body: 'Warm', author: 'Ann', status: 'pending', verified: true },
  ],
  [
    'opinew',
    'export',
    'product_id,product_url,star_rating,body,user_name,created_ts,image_url,verified_review\n' +
      '77,https://example.com/kettle,5,Warm,Ann,2023-04-05 06:00:00,https://example.com/a.jpg,true\n',
    { productId: '77', author: 'Ann', pictureUrls: ['https://example.com/a.jpg'], verified: true },
  ],
  [
    'ryviu',
    'export',
    'product_handle,rating,title,author,email,body_text,body_urls,created_at,country_code,status\n' +
      'kettle,5,Yes,Ann,ann@example.com,Warm,"https://example.com/a.jpg,https://example.com/b.jpg",2023-04-05,NO,1\n',
    { body: 'Warm', country: 'NO', pictureUrls: { length: 2 }, status: 'published' },
  ],
  [
    'powerreviews',
    'import',
    'Review Id,Page Id,Review Display,Review Title,Review Date,Review Location,Review Text,Rating,Verified Buyer,Review Status\n' +
      'p1,kettle,Ann,Yes,04/25/2023,Oslo,Warm,5,Yes,Approved\n',
    { sourceId: 'p1', productId: 'kettle', author: 'Ann', createdAt: new Date('2023-04-25') },
  ],
  [
    'feefo',
    'import',
    'Name,Email,Sale Date,Feedback Date,Product Id,Service Rating,Service Comment,Product Rating,Product Comment,Product Attributes\n' +
      'Ann,ann@example.com,20/04/2023,25/04/2023,0123,1,Slow,5,Warm,\n',
    { productId: '0123', author: 'Ann', rating: 5, body: 'Warm' },
  ],
];

describe.each([
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-16 with a byte-order mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
])('in %s', (_encoding, encode) => {
  test.each(SAMPLES)('reads %s (%s)', async (format, shape, content, expected) => {
    const { plan, errors, reviews } = await readAll(`${format} ${shape}.csv`, encode(content));
    expect(plan.format).toBe(format);
    expect(errors).toEqual([]);
    expect(reviews).toHaveLength(1);
    expect(reviews[0]).toMatchObject(expected);
  });
});

test('asks for the order of day and month, also where a format documents one', async () => {
  const content =
    'title,body,rating,review_date,reviewer_name,reviewer_email,product_url,picture_urls,product_id,product_handle,reply\n' +
    'Yes,Warm,5,03/04/2023,Ann,ann@example.com,,,77,kettle,\n';
  await expect(readAll('judgeme.csv', content)).rejects.toThrow(/dd\/mm\/yyyy or as mm\/dd\/yyyy/);
  const { reviews } = await readAll('judgeme.csv', content, { dateFormat: 'dd/mm/yyyy' });
  expect(reviews[0]?.createdAt).toEqual(new Date('2023-04-03'));
});

test('tells which rows were taken with less than they held', async () => {
  const content = `sku,rating,title,body\nA,5,short,text\nA,4,${'x'.repeat(201)},${'y'.repeat(10_001)}\n`;
  const { reviews, errors } = await readAll('long.csv', content);
  expect(reviews).toHaveLength(2);
  expect(errors).toMatchObject([{ line: 3, reason: 'was imported with its title, body cut' }]);
});

test('reads a list of addresses in JSON', async () => {
  const urls = ['https://example.com/a.jpg', 'https://example.com/b.jpg'];
  const line = JSON.stringify({ product_id: 'A', rating: 5, images: urls });
  expect((await readAll('list.jsonl', line)).reviews[0]?.pictureUrls).toEqual(urls);
});

describe('a file of 16 MB', () => {
  const ROW = `sku-1,5,short,${'y'.repeat(8000)}`;
  const ROWS = 2000;

  test.each([
    ['csv', 'sku,rating,title,body', ROW],
    ['jsonl', '', JSON.stringify({ sku: 'A', rating: 5, body: 'y'.repeat(8000) })],
  ])('as %s is read no more than a megabyte ahead of its rows', async (ending, heading, row) => {
    const path = join(folder, `large.${ending}`);
    const start = heading === '' ? '' : `${heading}\n`;
    writeFileSync(path, start + `${row}\n`.repeat(ROWS));
    let bytesRead = 0;
    let heldMax = 0;
    let rows = 0;
    const listener = { onRowError: () => {}, onBytes: (bytes: number) => (bytesRead = bytes) };
    for await (const { review } of readReviews(await planImport(path), listener)) {
      rows += review ? 1 : 0;
      // What was read of the file and has not become a row is what the reader holds.
      heldMax = Math.max(heldMax, bytesRead - start.length - rows * (row.length + 1));
    }
    expect(rows).toBe(ROWS);
    expect(heldMax).toBeLessThan(1_000_000);
  });
});

test.each([
  ['csv', 'a quote that is never closed', 'sku,rating\nA,"5'],
  ['csv', 'a heading that never ends', ''],
  ['jsonl', 'a line that never ends', '{"rating":"'],
])('gives a %s up at %s', async (ending, _what, start) => {
  const endless = start + 'x'.repeat(1_200_000);
  await expect(readAll(`endless.${ending}`, endless)).rejects.toThrow(/longer|Max Record Size/);
});
