/** What goes out comes back in unchanged, as far as the format can hold it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  INCENTIVES,
  VARIANT_QUESTION,
  type AnswerValue,
  type Media,
  type Rating,
  type ReviewAnswer,
  type ReviewStatus,
} from '@plaudit/contract';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { FullReview } from '../domain/reviews/read-all.ts';
import { writeReviews } from './export-reviews.ts';
import { ALL_STATUSES, type Exporter } from './exporter.ts';
import type { ImportedReview } from './imported-review.ts';
import { createJsonLines } from './json-lines.ts';
import { createJudgemeCsv } from './judgeme-csv.ts';
import { planImport } from './plan-import.ts';
import { createPlauditCsv } from './plaudit-csv.ts';
import { readReviews } from './read-reviews.ts';
import { createShopifyCsv } from './shopify-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-round-trip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Texts as the database holds them: trimmed, not empty, and as nasty as can be otherwise. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('=', "'", '"', ',', ';', '\t', '|', '\r\n', '\n', '\r', '@', '+1', '-', '＝'),
  fc.constantFrom('&amp;', '&copy', '&#39;', '&', '<b>', '\u2028', 'null', 'ä', '😀', 'x y'),
);
const text = fc
  .array(piece, { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join('').replaceAll('\0', '').trim())
  .filter((joined) => joined !== '');
const url = fc
  .oneof(
    fc.webUrl({ withQueryParameters: true }),
    fc.constantFrom(
      'https://a.example/x,y;z|w',
      'http://a.example/?u=1,2&amp;v',
      'http://a.example/?,;|',
    ),
  )
  .map((written) => new URL(written).href);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const instant = fc.date({
  min: new Date('1970-01-01'),
  max: new Date('2068-12-31'),
  noInvalidDate: true,
});
const media = (kind: Media['kind']) =>
  fc.array(
    url.map((each) => ({ kind, url: each })),
    { maxLength: 3 },
  );
const variant = fc.record<ReviewAnswer>({
  question: fc.constant(VARIANT_QUESTION),
  label: fc.constant('Variant'),
  value: text,
});
const choices = fc.uniqueArray(text, { maxLength: 3 });
const answer = fc.record<ReviewAnswer>({
  question: fc.stringMatching(/^[\w-]{1,9}$/).filter((id) => id !== VARIANT_QUESTION),
  label: text,
  value: fc.oneof<fc.Arbitrary<AnswerValue>[]>(text, choices, fc.constantFrom(1, 2, 3, 4, 5)),
});
const answers = fc
  .tuple(
    fc.array(variant, { maxLength: 1 }),
    fc.uniqueArray(answer, { selector: ({ question }) => question, maxLength: 3 }),
  )
  .map((parts) => parts.flat());
const translation = fc
  .record(
    { locale: fc.constantFrom('de', 'pt-BR'), title: text, body: text },
    { requiredKeys: ['locale'] },
  )
  .filter(({ title, body }) => title !== undefined || body !== undefined);
const review: fc.Arbitrary<FullReview> = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{24}$/),
    productId: fc.oneof(text, fc.nat().map(String)),
    productTitle: optional(text),
    productUrl: optional(url),
    productImageUrl: optional(url),
    rating: fc.constantFrom<Rating[]>(1, 2, 3, 4, 5),
    title: optional(text),
    body: optional(text),
    author: optional(text),
    email: optional(fc.constantFrom('ann@example.com', "o'b+1@example.com", '=a@example.com')),
    createdAt: instant,
    verified: fc.boolean(),
    incentivized: fc.boolean(),
    incentive: fc.constant(null),
    answers,
    locale: optional(fc.constantFrom('de', 'pt-BR')),
    country: optional(fc.constantFrom('DE', 'NO')),
    status: fc.constantFrom(...ALL_STATUSES),
    reply: optional(
      fc.record(
        { body: text, createdAt: instant.map((date) => date.toISOString()) },
        { requiredKeys: ['body'] },
      ),
    ),
    translation: optional(translation),
    helpfulUp: fc.nat(9999),
    helpfulDown: fc.nat(9999),
    media: fc
      .tuple(media('photo'), media('video'))
      .map(([photos, videos]) => [...photos, ...videos]),
  })
  .chain((own) =>
    own.incentivized
      ? optional(fc.constantFrom(...INCENTIVES)).map((incentive) => ({ ...own, incentive }))
      : fc.constant(own),
  );

/** Writes reviews to a file, finds out what the file is, and reads it. */
async function goOutAndIn(reviews: FullReview[], exporter: Exporter, name: string) {
  const path = join(folder, name);
  const pieces = [];
  for await (const each of writeReviews(reviews, exporter, { written: 0, leftOut: new Map() }))
    pieces.push(each);
  writeFileSync(path, pieces.join(''));
  const plan = await planImport(path);
  const read: ImportedReview[] = [];
  const onRowError = ({ reason }: { reason: string }) => expect.unreachable(reason);
  for await (const row of readReviews(plan, { onRowError, onBytes: () => {} }))
    if (row.review) read.push(row.review);
  return { format: plan.format, read };
}

const urlsOf = (own: FullReview, kind: Media['kind']) =>
  own.media.filter((each) => each.kind === kind).map((each) => each.url);

/** A review as it should come back from our own formats: in everything. */
function whole(own: FullReview): Record<string, unknown> {
  const { id, media: _media, reply, ...rest } = own;
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)),
    otherProductIds: [],
    pictureUrls: urlsOf(own, 'photo'),
    videoUrls: urlsOf(own, 'video'),
    cut: [],
    sourceId: id,
    ...(reply ? { reply: { body: reply.body, ...dated(reply.createdAt, 1) } } : {}),
  };
}

const dated = (date: string | undefined, unitMs: number) =>
  date === undefined ? {} : { createdAt: floor(new Date(date), unitMs) };
const floor = (date: Date, unitMs: number) =>
  new Date(Math.floor(date.getTime() / unitMs) * unitMs);

/** What the tables of others hold: texts, names, whole seconds. */
function inWholeSeconds(own: FullReview, status: ReviewStatus): Record<string, unknown> {
  const { productId, rating, title, body, author, email, reply } = own;
  const said = Object.entries({ title, body, author, email }).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(said),
    productId,
    otherProductIds: [],
    answers: [],
    rating,
    status,
    createdAt: floor(own.createdAt, 1000),
    ...(reply ? { reply: { body: reply.body, ...dated(reply.createdAt, 1000) } } : {}),
    verified: false,
    incentivized: false,
    helpfulUp: 0,
    helpfulDown: 0,
    videoUrls: [],
    cut: [],
  };
}

const options = { hasEmails: true, publisher: 'Acme' };
const many = fc.array(review, { minLength: 1, maxLength: 4 });
const runs = { numRuns: 150 };

describe('our own formats lose nothing', () => {
  test.each([
    ['a.csv', createPlauditCsv],
    ['a.jsonl', createJsonLines],
  ] as const)('%s', async (name, create) => {
    await fc.assert(
      fc.asyncProperty(many, async (reviews) => {
        const { format, read } = await goOutAndIn(reviews, create(options), name);
        expect(format).toBe('plaudit');
        expect(read).toEqual(reviews.map(whole));
      }),
      runs,
    );
  });
});

describe('the shapes of others lose only what they have no columns for', () => {
  test('Judge.me: keeps texts, names, pictures, replies and most of the status', async () => {
    await fc.assert(
      fc.asyncProperty(many, async (reviews) => {
        const { format, read } = await goOutAndIn(reviews, createJudgemeCsv(options), 'j.csv');
        expect(format).toBe('judgeme');
        const expected = reviews.map((own) => ({
          ...inWholeSeconds(own, own.status === 'archived' ? 'pending' : own.status),
          // One that ends like a list's separator comes back with it escaped.
          pictureUrls: urlsOf(own, 'photo').map((url) =>
            url.replace(/[,;|]+$/, encodeURIComponent),
          ),
        }));
        expect(read).toEqual(expected);
      }),
      runs,
    );
  });

  test('Shopify: keeps texts, names, replies and whether a review is published', async () => {
    await fc.assert(
      fc.asyncProperty(many, async (reviews) => {
        const { format, read } = await goOutAndIn(reviews, createShopifyCsv(options), 's.csv');
        expect(format).toBe('shopify');
        const expected = reviews.map((own) => ({
          ...inWholeSeconds(own, own.status === 'published' ? 'published' : 'pending'),
          pictureUrls: [],
        }));
        expect(read).toEqual(expected);
      }),
      runs,
    );
  });
});

test.each([createPlauditCsv, createJsonLines, createJudgemeCsv, createShopifyCsv])(
  'no address is written unless it is asked for: %o',
  (create) => {
    fc.assert(
      fc.property(review, (own) => {
        const written = create({ ...options, hasEmails: false }).write({
          ...own,
          email: 'secret@example.com',
        });
        expect(JSON.stringify(written)).not.toContain('secret');
      }),
      { numRuns: 20 },
    );
  },
);
