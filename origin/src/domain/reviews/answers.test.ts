import { DEFAULT_SETTINGS, type CustomQuestion, type ReviewQuery } from '@plaudit/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { InvalidAnswersError } from '../errors.ts';
import { startImport } from '../imports/start.ts';
import { undoImport } from '../imports/undo.ts';
import { updateSettings } from '../settings/update.ts';
import { findShop } from '../shops/find.ts';
import { checkAnswers } from './check-answers.ts';
import { importReviews, type ForeignReview } from './import-batch.ts';
import { listProductReviews, listShopReviews } from './list.ts';
import { rejectReview } from './moderate.ts';
import { submitReview } from './submit.ts';

const questions: CustomQuestion[] = [
  { id: 'fit', kind: 'single', label: 'Fit?', options: ['Too small', 'Well'] },
  { id: 'use', kind: 'multiple', label: 'What for?', options: ['Work', 'Sport'] },
  { id: 'comfort', kind: 'scale', label: 'Comfort', required: true },
  { id: 'words', kind: 'text', label: 'In one word' },
];

describe('checkAnswers', () => {
  const check = (value: string | string[] | number, question: string) =>
    checkAnswers({ questions: questions.map((one) => ({ ...one, required: false })) }, [
      { question, value },
    ]);

  test('keeps what fits, in the order of the form, with the question as it read', () => {
    const given = [
      { question: 'comfort', value: 4 },
      { question: 'retired', value: 'x' },
      { question: 'fit', value: 'Well' },
    ];
    expect(checkAnswers({ questions }, given)).toEqual([
      { question: 'fit', label: 'Fit?', value: 'Well' },
      { question: 'comfort', label: 'Comfort', value: 4 },
    ]);
    expect(checkAnswers(undefined, given)).toEqual([]);
  });

  test.each([
    ['fit', 'Huge'],
    ['fit', ['Well']],
    ['fit', 3],
    ['use', 'Work'],
    ['use', ['Work', 'Play']],
    ['comfort', '4'],
    ['words', 3],
    ['words', ['a']],
  ])('refuses of %s the answer %j', (question, value) => {
    expect(() => check(value, question)).toThrow(InvalidAnswersError);
  });

  test('takes the variant of the product, which no form asks for', () => {
    const given = [
      { question: 'fit', value: 'Well' },
      { question: 'variant', value: 'Red / M' },
    ];
    expect(checkAnswers(undefined, given)).toEqual([
      { question: 'variant', label: 'Variant', value: 'Red / M' },
    ]);
    for (const value of [3, ['Red'], 'x'.repeat(101)]) {
      expect(() => check(value, 'variant')).toThrow(InvalidAnswersError);
    }
  });

  test('misses what must be answered, and names it', () => {
    const attempt = () => checkAnswers({ questions }, []);
    expect(attempt).toThrow(
      expect.objectContaining({
        errors: [{ field: 'answers.comfort', message: 'must be answered' }],
      }),
    );
  });
});

describeOnEach("answers to a shop's own questions", (fixture) => {
  let shopId = 0;
  const submit = (email: string, comfort: number, more = {}) =>
    submitReview(fixture.context, 'acme', 'shoe', {
      rating: 4,
      author: 'Mara',
      email,
      locale: 'de-AT',
      answers: [
        { question: 'comfort', value: comfort },
        { question: 'fit', value: comfort > 3 ? 'Well' : 'Too small' },
        { question: 'words', value: 'nice' },
      ],
      ...more,
    });
  const list = (query: ReviewQuery) =>
    listProductReviews(fixture.context.db, shopId, 'shoe', query);

  beforeAll(async () => {
    await updateSettings(fixture.context, 'acme', { ...DEFAULT_SETTINGS, form: { questions } });
    shopId = (await findShop(fixture.context.db, 'acme')).id;
    await Promise.all([1, 5, 4].map((comfort, n) => submit(`m${n}@example.com`, comfort)));
  });

  test('are shown on reviews, with averages and counts on first pages only', async () => {
    const page = await list({ limit: 2, sort: 'highest' });
    expect(page.reviews[0]?.answers).toHaveLength(3);
    const facets = {
      locales: [{ value: 'de-at', count: 3 }],
      scales: [{ question: 'comfort', label: 'Comfort', average: 3.33333, count: 3 }],
    };
    expect(page.facets).toEqual(facets);
    const { db } = fixture.context;
    expect((await listShopReviews(db, shopId, {})).facets).toEqual(facets);
    const next = await list({ limit: 2, sort: 'highest', ...(page.next && { cursor: page.next }) });
    expect(next.reviews).toHaveLength(1);
    expect(next.facets).toBeUndefined();
  });

  test('narrow lists down, of a product and of the shop', async () => {
    const { db } = fixture.context;
    const counts = async (answer: string) => [
      (await list({ answer })).reviews.length,
      (await listShopReviews(db, shopId, { answer })).reviews.length,
    ];
    expect(await counts('fit:Well')).toEqual([2, 2]);
    expect(await counts('comfort:1')).toEqual([1, 1]);
    expect(await counts('words:nice')).toEqual([0, 0]);
    expect(await counts('fit:none')).toEqual([0, 0]);
  });

  test('leave averages and counts with their review', async () => {
    const { id } = await submit('late@example.com', 2, { locale: 'fr' });
    expect((await list({})).facets).toMatchObject({
      locales: [
        { value: 'de-at', count: 3 },
        { value: 'fr', count: 1 },
      ],
      scales: [{ average: 3, count: 4 }],
    });
    await rejectReview(fixture.context, 'acme', id);
    expect((await list({})).facets).toMatchObject({
      locales: [{ value: 'de-at', count: 3 }],
      scales: [{ average: 3.33333, count: 3 }],
    });
  });

  test('count by variant, which lists are narrowed down to', async () => {
    const { db } = fixture.context;
    const variants = ['Red / M', 'Blue: dark', 'Red / M'];
    const receipts = [];
    for (const [n, value] of variants.entries()) {
      const answers = [
        { question: 'comfort', value: 5 },
        { question: 'variant', value },
      ];
      receipts.push(
        await submitReview(fixture.context, 'acme', 'shirt', {
          rating: 5,
          author: 'Mara',
          email: `v${n}@example.com`,
          answers,
        }),
      );
    }
    const ofShirt = (query: ReviewQuery) => listProductReviews(db, shopId, 'shirt', query);
    expect((await ofShirt({})).facets?.variants).toEqual([
      { value: 'Red / M', count: 2 },
      { value: 'Blue: dark', count: 1 },
    ]);
    expect((await ofShirt({ answer: 'variant:Red / M' })).reviews).toHaveLength(2);
    expect((await ofShirt({ answer: 'variant:Blue: dark' })).reviews).toMatchObject([
      { answers: [{ question: 'variant', value: 'Blue: dark' }, { question: 'comfort' }] },
    ]);
    await rejectReview(fixture.context, 'acme', receipts[1]?.id ?? '');
    expect((await ofShirt({})).facets?.variants).toEqual([{ value: 'Red / M', count: 2 }]);
  });

  test('come in with imported reviews: chosen ones count, and free words are for reading', async () => {
    const { context } = fixture;
    const shop = await findShop(context.db, 'acme');
    const answers = [
      { question: 'variant', label: 'Variant', value: 'XL' },
      { question: 'fit', label: 'Fit?', value: 'Well' },
      { question: 'comfort', label: 'Comfort', value: 4 },
      { question: 'tags', label: 'Tags', value: ['a', 'b'] },
      { question: 'cf_more', label: 'More', value: 'long words '.repeat(90) },
    ];
    const translation = { locale: 'en', body: 'It fits.' };
    const row: Omit<ForeignReview, 'sourceKey'> = {
      product: { externalId: 'coat' },
      rating: 5,
      verified: false,
      incentivized: true,
      incentive: 'coupon',
      status: 'published',
      media: [],
      votesUp: 0,
      votesDown: 0,
      createdAt: new Date(0),
    };
    const file = { source: 'import:a', fileName: 'a.csv', fileDigest: 'answers' };
    const own = await startImport(context, shop, file);
    await importReviews(
      context,
      shop,
      file.source,
      [
        { ...row, sourceKey: 'a', answers, translation },
        { ...row, sourceKey: 'b' },
      ],
      { import: own, from: 0, to: 2 },
    );
    const ofCoat = (query: ReviewQuery) => listProductReviews(context.db, shopId, 'coat', query);
    const { reviews, facets } = await ofCoat({ answer: 'fit:Well' });
    expect(reviews).toMatchObject([{ answers, translation, incentive: 'coupon' }]);
    expect(facets).toMatchObject({
      variants: [{ value: 'XL', count: 1 }],
      scales: [{ question: 'comfort', average: 4, count: 1 }],
    });
    expect((await ofCoat({ answer: 'tags:b' })).reviews).toHaveLength(1);
    expect((await ofCoat({ answer: 'comfort:4' })).reviews).toHaveLength(1);
    expect((await ofCoat({ answer: `cf_more:${'long words '.repeat(9)}` })).reviews).toEqual([]);
    await undoImport(context, 'acme', own.publicId);
    expect((await ofCoat({})).facets?.variants ?? []).toEqual([]);
  });

  test('that do not fit keep nothing', async () => {
    const before = (await list({})).summary.count;
    await expect(submit('wrong@example.com', 5, { answers: [] })).rejects.toThrow(
      InvalidAnswersError,
    );
    expect((await list({})).summary.count).toBe(before);
  });

  test('a topic finds its words side by side', async () => {
    await submit('t1@example.com', 5, { body: 'The battery life is long.' });
    await submit('t2@example.com', 5, { body: 'My life, your battery.' });
    const { reviews } = await list({ topic: 'battery life' });
    expect(reviews).toMatchObject([{ body: 'The battery life is long.' }]);
  });
});
