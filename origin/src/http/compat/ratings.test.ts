import { expect, test } from 'vitest';
import { describeCompat } from '../../../test/compat-shop.ts';

describeCompat('ratings for clients of Yotpo', ({ get, body }) => {
  test('a product’s bottom line is a mean and a count', async () => {
    expect(await body('/products/acme/kettle/bottomline')).toEqual({
      status: { code: 200, message: 'OK' },
      response: { bottomline: { average_score: 3.66667, total_reviews: 3 } },
    });
  });

  test.each([
    ['lamp', '"average_score":5.0,"total_reviews":1'],
    ['kettle', '"average_score":3.66667,"total_reviews":3'],
    ['unheard-of', '"average_score":0.0,"total_reviews":0'],
    ['yotpo_site_reviews', '"average_score":4.0,"total_reviews":4'],
    ['%00', '"average_score":0.0,"total_reviews":0'],
    ['__proto__', '"average_score":0.0,"total_reviews":0'],
    ['x'.repeat(300), '"average_score":0.0,"total_reviews":0'],
  ])('the mean of %s is written as a float', async (product, text) => {
    const answer = await get(`/products/acme/${product}/bottomline?page=1&count=5`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(text);
  });

  test('a distribution stands alone, with every star', async () => {
    const path = '/v1/star_distribution/store/acme/product';
    expect(await body(`${path}/kettle`)).toEqual({ 1: 0, 2: 1, 3: 0, 4: 1, 5: 1 });
    expect(await body(`${path}/unheard-of`)).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 });
  });
});
