import { expect, test } from 'vitest';
import { describeCompat, KETTLE } from '../../../test/compat-shop.ts';

interface V3 {
  pagination: object;
  reviews: { score: number }[];
}

describeCompat('reviews for clients of Yotpo’s v3', ({ get, body }) => {
  const PATH = '/v3/storefront/store/acme/product/kettle/reviews';
  const number = expect.any(Number);

  test('have every field, of its type, without a frame', async () => {
    expect(await body(`${PATH}?page=1&perPage=1&sort=date,images,badge,rating&lang=en`)).toEqual({
      pagination: { page: 1, perPage: 1, total: 3 },
      bottomline: {
        totalReview: 3,
        averageScore: 3.66667,
        starDistribution: { 1: 0, 2: 1, 3: 0, 4: 1, 5: 1 },
      },
      products: [{ id: number, domainKey: 'kettle', name: 'Kettle', url: KETTLE.url }],
      reviews: [
        {
          id: number,
          score: 5,
          votesUp: 3,
          votesDown: 1,
          content: 'Every morning.',
          title: 'Boils fast',
          createdAt: '2026-02-03T10:11:12',
          verifiedBuyer: true,
          imagesData: [
            {
              id: number,
              thumbUrl: 'https://img.example/1s.jpg',
              originalUrl: 'https://img.example/1.jpg',
            },
          ],
          user: { displayName: 'User N.' },
          customFields: {},
          topics: {},
          isIncentivized: false,
          sentiment: null,
        },
      ],
    });
  });

  test.each([
    ['', [5, 4, 2]],
    ['sort=rating', [5, 4, 2]],
    ['sort=badge,images,date', [5, 4, 2]],
    ['sort=smart_optimistic,rating,date,badge,images', [5, 2, 4]],
    ['perPage=2&page=2', [2]],
    ['perPage=x&page=x&sort=constructor', [5, 4, 2]],
  ])('asked for with ?%s have the scores %j', async (query, expected) => {
    const { reviews } = await body<V3>(`${PATH}?${query}`);
    expect(reviews.map(({ score }) => score)).toEqual(expected);
  });

  test('of an unknown product are none, with 200', async () => {
    const path = '/v3/storefront/store/acme/product/unheard-of/reviews';
    expect(await body(path)).toEqual({
      pagination: { page: 1, perPage: 5, total: 0 },
      bottomline: {
        totalReview: 0,
        averageScore: 0,
        starDistribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
      },
      products: [],
      reviews: [],
    });
    expect(await (await get(PATH)).text()).not.toMatch(/canary|Hidden/);
  });
});
