import { DEFAULT_SETTINGS, parseReviewQuery } from '@plaudit/contract';
import {
  readProductReviews,
  readQuestions,
  readShopReviews,
  type Request,
  type Shop,
} from '@plaudit/sdk';
import { expect, test } from 'vitest';
import { readFirst, toFirstQuestions } from './first-read.ts';

/** The address that a call asks for. */
async function addressOf(call: (shop: Shop) => Promise<unknown>): Promise<string> {
  let address = '';
  const request: Request = (path) => {
    address = path;
    return Promise.resolve(undefined as never);
  };
  await call({ appKey: 'a shop/ö', request });
  return address;
}

const { signal } = new AbortController();

test.for([1, 10, 25])(
  'asks at the addresses at which the SDK asks, with %i reviews a page',
  async (pageSize) => {
    const questions = Object.values(toFirstQuestions({ ...DEFAULT_SETTINGS.layout, pageSize }));
    expect(questions.length).toBeGreaterThan(0);
    for (const question of questions.filter((call) => call.startsWith('reviews'))) {
      const query = parseReviewQuery(new URLSearchParams(question.replace('reviews', '')));
      if (!query.ok) throw new Error(query.detail);
      for (const product of ['42', 'ä/ö?', null]) {
        const ours = await addressOf((shop) => readFirst(shop, question, { product, signal }));
        const sdks = await addressOf((shop) =>
          product === null
            ? readShopReviews(shop, query.value)
            : readProductReviews(shop, product, query.value),
        );
        expect(ours).toBe(sdks);
      }
    }
  },
);

test('shows as many reviews a page as the shop set', () => {
  expect(toFirstQuestions({ pageSize: 25 })['reviews']).toBe('reviews?limit=25');
});

test('asks for questions at the address at which the SDK asks', async () => {
  const { questions = '' } = toFirstQuestions(DEFAULT_SETTINGS.layout);
  const ours = await addressOf((shop) => readFirst(shop, questions, { product: 'ä/ö?', signal }));
  expect(ours).toBe(await addressOf((shop) => readQuestions(shop, 'ä/ö?')));
});
