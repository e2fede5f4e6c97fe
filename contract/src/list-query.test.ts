import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseQuestionQuery,
  parseRatingIds,
  parseReviewQuery,
  REVIEW_PARAMETERS,
  REVIEW_SORTS,
  toQuestionSearch,
  toReviewSearch,
  type ReviewQuery,
} from './list-query.ts';

const parse = (search: string) => parseReviewQuery(new URLSearchParams(search));

const queries: fc.Arbitrary<ReviewQuery> = fc.record(
  {
    sort: fc.constantFrom(...REVIEW_SORTS),
    rating: fc
      .uniqueArray(fc.constantFrom(1, 2, 3, 4, 5), { minLength: 1 })
      .map((rating) => rating.toSorted((a, b) => a - b)),
    media: fc.boolean(),
    verified: fc.boolean(),
    incentivized: fc.boolean(),
    locale: fc.constantFrom('en', 'pt-BR', 'zh-Hant-TW'),
    country: fc.constantFrom('DE', 'BR'),
    topic: fc.constantFrom('battery life', 'größe'),
    answer: fc.constantFrom('fit:Too small', 'size-1:a:b'),
    q: fc.constantFrom('soft & warm', 'größe', '50% off?'),
    cursor: fc.stringMatching(/^[\w-]{1,40}$/),
    limit: fc.integer({ min: 1, max: 100 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<ReviewQuery>;

describe('parseReviewQuery', () => {
  test('reads back every question that toReviewSearch writes, defaults aside', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const parsed = parse(toReviewSearch(query));
        if (!parsed.ok) throw new Error(parsed.detail);
        expect({ sort: 'relevant', limit: 10, ...parsed.value }).toEqual({
          sort: 'relevant',
          limit: 10,
          ...query,
        });
      }),
    );
  });

  test('drops parameters it does not know', () => {
    expect(parse('utm_source=x&sort=newest&__proto__=1')).toEqual({
      ok: true,
      value: { sort: 'newest' },
    });
  });

  test.each([
    ['sort=best', 'sort'],
    ['rating=6', 'rating'],
    ['rating=', 'rating'],
    ['rating=1,', 'rating'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=-5', 'limit'],
    ['media=yes', 'media'],
    ['verified=1', 'verified'],
    ['country=Germany', 'country'],
    ['locale=de_DE', 'locale'],
    ['cursor=a%20b', 'cursor'],
    ['q=%00', 'q'],
    ['topic=%20', 'topic'],
    [`topic=${'a'.repeat(101)}`, 'topic'],
    ['answer=fit', 'answer'],
    ['answer=:small', 'answer'],
    ['answer=fit:%20', 'answer'],
    ['answer=fit:a&answer=fit:b', 'answer'],
    ['q=%20%20', 'q'],
    [`q=${'a'.repeat(101)}`, 'q'],
    ['sort=newest&sort=oldest', 'sort'],
  ])('refuses %s and names the parameter', (search, parameter) => {
    expect(parse(search)).toMatchObject({ ok: false, parameter });
    expect(parse(search)).toHaveProperty('detail', expect.stringContaining(`"${parameter}"`));
  });

  test('answers every query string with a verdict', () => {
    const names = fc.constantFrom(...REVIEW_PARAMETERS, 'x');
    const pairs = fc.array(fc.tuple(names, fc.string({ unit: 'binary' })));
    fc.assert(
      fc.property(pairs, (search) => {
        expect(parseReviewQuery(new URLSearchParams(search)).ok).toBeTypeOf('boolean');
      }),
    );
  });
});

describe('toReviewSearch', () => {
  test('writes one form for every order and spelling of a question', () => {
    const spellings = [
      'sort=newest&rating=5,4&country=de&answer=fit:too%20%20small&topic=Battery+life',
      'answer=fit:too+small&rating=4,5,5&topic=battery%20life&sort=newest&country=DE',
      'utm=1&country=de&topic=battery+life&rating=5,4&answer=fit%3Atoo+small&sort=newest&limit=10',
    ];
    const written = spellings.map((search) => {
      const parsed = parse(search);
      return parsed.ok ? toReviewSearch(parsed.value) : parsed.detail;
    });
    expect(new Set(written)).toEqual(
      new Set([
        '?answer=fit%3Atoo%20small&country=DE&rating=4%2C5&sort=newest&topic=battery%20life',
      ]),
    );
  });

  test('is empty when nothing but defaults is asked for', () => {
    expect(toReviewSearch({ sort: 'relevant', limit: 10 })).toBe('');
  });
});

describe('parseRatingIds', () => {
  const ids = (search: string) => parseRatingIds(new URLSearchParams(search));

  test('sorts the ids and drops repeats', () => {
    expect(ids('ids=b,a,b,,c')).toEqual({ ok: true, value: ['a', 'b', 'c'] });
  });

  test.each([
    ['none', ''],
    ['an empty list', 'ids='],
    ['two lists', 'ids=a&ids=b'],
    ['more than 250', `ids=${Array.from({ length: 251 }, (_, index) => index).join(',')}`],
    ['a very long id', `ids=${'x'.repeat(256)}`],
    ['a NUL', 'ids=a%00'],
  ])('refuses %s', (_what, search) => {
    expect(ids(search)).toMatchObject({ ok: false, parameter: 'ids' });
  });
});

test('a list of questions knows a page and its size, nothing else', () => {
  const read = (search: string) => parseQuestionQuery(new URLSearchParams(search));
  expect(read('limit=5&sort=newest&cursor=abc')).toEqual({
    ok: true,
    value: { cursor: 'abc', limit: 5 },
  });
  expect(read('limit=0')).toMatchObject({ ok: false, parameter: 'limit' });
  expect(toQuestionSearch({ limit: 10, cursor: 'abc' })).toBe('?cursor=abc');
});
