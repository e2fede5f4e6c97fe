import { expect, test } from 'vitest';
import { describeCompat } from '../../../test/compat-shop.ts';

interface Rated {
  response: { bottomlines: { productId: string }[] };
}

const KETTLE = {
  totalReview: 3,
  averageScore: 3.66667,
  starDistribution: { '1': 0, '2': 1, '3': 0, '4': 1, '5': 1 },
};

describeCompat('ratings for v3’s clients', ({ body }) => {
  const ofProduct = (id: string) => body(`/v3/storefront/store/acme/product/${id}/ratings`);
  const page = async (query: string) =>
    (await body<Rated>(`/v3/storefront/stores/acme/ratings?${query}`)).response.bottomlines;

  test('of a product are its summary, of an unknown one nothing', async () => {
    expect(await ofProduct('kettle')).toEqual({ bottomline: KETTLE });
    expect(await ofProduct('nowhere')).toMatchObject({ bottomline: { totalReview: 0 } });
  });

  test('of all products come a page at a time, until one is empty', async () => {
    expect(await page('perPage=1&page=1')).toEqual([{ productId: 'kettle', ...KETTLE }]);
    expect(await page('perPage=1&page=2')).toMatchObject([{ productId: 'lamp', totalReview: 1 }]);
    expect(await page('perPage=1&page=3')).toEqual([]);
    expect(await page('')).toHaveLength(2);
  });
});
