import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FullReview } from '../domain/reviews/read-all.ts';
import { writeReviews, type ExportReport } from './export-reviews.ts';
import { createGoogleFeed } from './google-feed.ts';
import { escapeXml } from './xml.ts';

const review: FullReview = {
  id: 'a1b2',
  productId: 'K&1',
  productTitle: 'Kettle',
  productUrl: 'https://example.com/kettle?a=1&b=2',
  productImageUrl: null,
  rating: 4,
  title: 'Warm <3',
  body: 'Boils "fast" & quietly',
  author: 'Ann',
  email: 'ann@example.com',
  createdAt: new Date('2024-02-29T10:11:12.345Z'),
  verified: true,
  incentivized: false,
  incentive: null,
  answers: [],
  locale: 'en',
  country: 'NO',
  status: 'published',
  reply: null,
  translation: null,
  helpfulUp: 0,
  helpfulDown: 0,
  media: [
    { kind: 'photo', url: 'https://example.com/a.jpg' },
    { kind: 'video', url: 'https://example.com/a.mp4' },
  ],
};

async function feedOf(reviews: FullReview[]) {
  const report: ExportReport = { written: 0, leftOut: new Map() };
  let xml = '';
  const exporter = createGoogleFeed({ hasEmails: true, publisher: 'Acme & Sons' });
  for await (const piece of writeReviews(reviews, exporter, report)) xml += piece;
  return { xml, report };
}

interface Node {
  name: string;
  attributes: Record<string, string>;
  children: Node[];
  text: string;
}

const DECODED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#13': '\r' };
const decode = (text: string) =>
  text.replace(/&([^;]*);/g, (_whole, name: string) => {
    expect(DECODED).toHaveProperty([name]);
    return DECODED[name] ?? '';
  });

/** A strict reader of the little XML that the feed uses; anything else fails the test. */
function parse(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const tokens = /<\?xml [^?]*\?>|<\/([\w]+)>|<([\w]+)((?: [\w:]+="[^"<]*")*)>|([^<]+)/gy;
  const nesting: [opened: string | undefined, closed: string][] = [];
  let end = 0;
  for (const { 0: whole, 1: closed, 2: name, 3: attributes = '', 4: text } of xml.matchAll(
    tokens,
  )) {
    end += whole.length;
    const top = open.at(-1) ?? root;
    if (closed !== undefined) nesting.push([open.pop()?.name, closed]);
    else if (text !== undefined) top.text += decode(text);
    else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)];
      const read = Object.fromEntries(pairs.map(([, key, value = '']) => [key, decode(value)]));
      const node = { name, attributes: read, children: [], text: '' };
      top.children.push(node);
      open.push(node);
    }
  }
  for (const [opened, closed] of nesting) expect(opened).toBe(closed);
  expect([end, open.length]).toEqual([xml.length, 1]);
  return root.children[0] ?? root;
}

const child = (node: Node | undefined, ...path: string[]): Node | undefined =>
  path.reduce<Node | undefined>(
    (at, name) => at?.children.find((each) => each.name === name),
    node,
  );
const names = (node: Node | undefined) => node?.children.map(({ name }) => name);

test('has version, aggregator, publisher and reviews in the order of the schema', async () => {
  const feed = parse((await feedOf([review])).xml);
  expect(names(feed)).toEqual(['version', 'aggregator', 'publisher', 'reviews']);
  expect(child(feed, 'version')?.text).toBe('2.4');
  expect(child(feed, 'publisher', 'name')?.text).toBe('Acme & Sons');
  expect(feed.attributes['xsi:noNamespaceSchemaLocation']).toMatch(/product\/2\.4\/.*\.xsd$/);
});

test('a review has its elements in the order of the schema', async () => {
  const own = child(parse((await feedOf([review])).xml), 'reviews', 'review');
  expect(names(own)).toEqual([
    'review_id',
    'reviewer',
    'review_timestamp',
    'title',
    'content',
    'review_url',
    'reviewer_images',
    'ratings',
    'products',
    'is_verified_purchase',
    'is_incentivized_review',
    'review_language',
    'review_country',
  ]);
  expect(child(own, 'content')?.text).toBe(review.body);
  expect(child(own, 'review_timestamp')?.text).toBe('2024-02-29T10:11:12.345Z');
  expect(child(own, 'review_url')).toMatchObject({
    attributes: { type: 'group' },
    text: review.productUrl,
  });
  expect(child(own, 'ratings', 'overall')).toMatchObject({
    attributes: { min: '1', max: '5' },
    text: '4',
  });
  expect(names(child(own, 'products', 'product'))).toEqual([
    'product_ids',
    'product_name',
    'product_url',
  ]);
  expect(child(own, 'products', 'product', 'product_ids', 'skus', 'sku')?.text).toBe('K&1');
  expect(child(own, 'reviewer_images')?.children).toHaveLength(1);
});

test('a reviewer without a name is anonymous, and no address is in the feed', async () => {
  const { xml } = await feedOf([{ ...review, author: null }, review]);
  const own = child(parse(xml), 'reviews', 'review', 'reviewer', 'name');
  expect(own).toMatchObject({ attributes: { is_anonymous: 'true' }, text: 'Anonymous' });
  expect(xml).not.toContain('ann@');
});

test('what Google would refuse is left out and counted by reason', async () => {
  const { xml, report } = await feedOf([
    review,
    { ...review, body: null },
    { ...review, productUrl: null },
    { ...review, productUrl: null },
  ]);
  expect(child(parse(xml), 'reviews')?.children).toHaveLength(1);
  expect(report.written).toBe(1);
  expect([...report.leftOut]).toEqual([
    ['has no text', 1],
    ['is of a product whose page is not known', 2],
  ]);
});

test('is for published reviews only, and well-formed without any', async () => {
  expect(createGoogleFeed({ hasEmails: false, publisher: 'A' }).statuses).toEqual(['published']);
  expect(child(parse((await feedOf([])).xml), 'reviews')?.children).toEqual([]);
});

test('any text comes through, but for characters that XML does not know', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = escapeXml(text);
      expect(written).not.toMatch(/[<>"\r]|&(?!(?:amp|lt|gt|quot|#13);)/);
      const known = text.match(/[\t\n\r -\uFFFD\u{10000}-\u{10FFFF}]/gu) ?? [];
      expect(decode(written)).toBe(known.join(''));
    }),
  );
});
