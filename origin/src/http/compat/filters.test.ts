import { expect, test } from 'vitest';
import { describeCompat } from '../../../test/compat-shop.ts';

interface Filtered {
  response: {
    pagination: { page: number; per_page: number; total: number };
    bottomline: { total_review: number };
    reviews: { score: number; content: string }[];
  };
}
interface V3 {
  pagination: { total: number };
  reviews: { score: number }[];
}

describeCompat('reviews that clients of Yotpo filter', ({ body }) => {
  const FILTER = '/v1/reviews/acme/filter.json';
  const read = async (query: string) => (await body<Filtered>(`${FILTER}?${query}`)).response;

  // The recorded request names these fields; its answer is told to be that of `reviews.json`.
  test('have the shape of the widget’s list', async () => {
    const list = '/v1/widget/acme/products/kettle/reviews.json';
    expect(await body(`${FILTER}?domain_key=kettle&per_page=3`)).toEqual(
      await body(`${list}?per_page=3`),
    );
  });

  test.each([
    ['scores=5', [5], 1],
    ['scores=5&scores=2&sort=date&direction=asc', [2, 5], 2],
    ['scores=4&scores=2&sort=score', [4, 2], 2],
    ['scores=3', [], 0],
    ['pictured=true', [5], 1],
    ['pictured=false', [5, 4, 2], 3],
    ['pictured=true&scores=2', [], 0],
    ['free_text_search=leak', [2], 1],
    ['free_text_search=every+morning&scores=5', [5], 1],
    ['topic_names=boils+fast', [5], 1],
    ['scores=1&scores=2&scores=3&scores=4&scores=5&per_page=2&page=2', [2], 3],
    ['scores=9&free_text_search=%00&topic_names=&sort=none', [5, 4, 2], 3],
  ])('by ?%s have the scores %j of %i', async (query, scores, total) => {
    const { pagination, bottomline, reviews } = await read(`domain_key=kettle&${query}`);
    expect(reviews.map(({ score }) => score)).toEqual(scores);
    expect(pagination.total).toBe(total);
    expect(bottomline.total_review).toBe(3);
  });

  test('without a product are the shop’s', async () => {
    const { pagination, reviews } = await read('scores=5');
    expect([pagination.total, reviews.length]).toEqual([2, 2]);
    expect((await read('domain_key=unheard-of&scores=5')).pagination.total).toBe(0);
  });

  // `{"scores":[5]}` and `{"pictured":true}` were recorded.
  test.each([
    ['scores=5', [5]],
    ['pictured=true', [5]],
    ['scores=2&scores=4&sort=rating', [4, 2]],
    ['freeTextSearch=leaks', [2]],
    ['topicNames=boils+fast', [5]],
  ])('in v3 by ?%s have the scores %j', async (query, scores) => {
    const path = `/v3/storefront/store/acme/product/kettle/reviews?${query}`;
    const { pagination, reviews } = await body<V3>(path);
    expect(reviews.map(({ score }) => score)).toEqual(scores);
    expect(pagination.total).toBe(scores.length);
  });
});
