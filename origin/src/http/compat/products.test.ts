import { expect, test } from 'vitest';
import { describeCompat, fillShop, KETTLE } from '../../../test/compat-shop.ts';

interface BottomLines {
  response: { bottomlines: { domain_key: string }[]; page: number; per_page: number };
}

describeCompat('products for clients of Yotpo', ({ get, body, context }) => {
  const INFORMATION = '/v1/widget/acme/products/products_information';
  const BOTTOM_LINES = '/v1/apps/acme/bottom_lines';

  test('named ones come by their names, each with its score', async () => {
    const query = 'domain_keys[]=kettle&domain_keys%5B%5D=lamp&domain_keys[]=unheard-of';
    const { url } = KETTLE;
    expect(await body(`${INFORMATION}?${query}`)).toEqual({
      status: { code: 200, message: 'OK' },
      response: {
        products: {
          kettle: {
            id: expect.any(Number),
            name: 'Kettle',
            domain_key: 'kettle',
            product_link: url,
            product_url: url,
            image_url: KETTLE.imageUrl,
            score: 3.66667,
            reviews_count: 3,
          },
          lamp: {
            id: expect.any(Number),
            name: 'lamp',
            domain_key: 'lamp',
            product_link: '',
            product_url: '',
            image_url: null,
            score: 5,
            reviews_count: 1,
          },
        },
      },
    });
  });

  test('without a published review have no score', async () => {
    const hidden = { product: { externalId: 'hidden' }, status: 'pending' } as const;
    await fillShop(context(), 'acme', [hidden]);
    const answer = await body(`${INFORMATION}?domain_keys[]=hidden`);
    expect(answer).toMatchObject({
      response: { products: { hidden: { score: null, reviews_count: null } } },
    });
    expect(JSON.stringify(await body(BOTTOM_LINES))).not.toContain('hidden');
  });

  test.each(['', '?domain_keys[]=%00', '?domain_keys[]=__proto__&domain_keys[]=constructor'])(
    'asked for with %s are none',
    async (query) => {
      expect(await body(INFORMATION + query)).toMatchObject({ response: { products: {} } });
      expect(await (await get(INFORMATION + query)).text()).toContain('"products":{}');
    },
  );

  test('come one after another with pages as numbers, and “ok” in lower case', async () => {
    expect(await body(BOTTOM_LINES)).toEqual({
      status: { code: 200, message: 'ok' },
      response: {
        bottomlines: [
          { domain_key: 'kettle', product_score: 3.66667, total_reviews: 3 },
          { domain_key: 'lamp', product_score: 5, total_reviews: 1 },
        ],
        page: 1,
        per_page: 10,
      },
    });
    expect(await (await get(BOTTOM_LINES)).text()).toContain('"product_score":5.0');
  });

  test('are all met once by a client that pages until there are none', async () => {
    const ids = Array.from({ length: 23 }, (_, n) => `p-${n}`);
    await fillShop(
      context(),
      'paged',
      ids.map((externalId) => ({ product: { externalId } })),
    );
    const met: string[] = [];
    for (let page = 1, more = true; more; page++) {
      const path = `/v1/apps/paged/bottom_lines?page=${page}&count=10`;
      const { response } = await body<BottomLines>(path);
      met.push(...response.bottomlines.map(({ domain_key }) => domain_key));
      more = response.bottomlines.length > 0;
    }
    expect(met.toSorted()).toEqual(ids.toSorted());
    const far = await body<BottomLines>('/v1/apps/paged/bottom_lines?page=999999&count=100');
    expect(far.response.bottomlines).toEqual([]);
    const most = await body<BottomLines>('/v1/apps/paged/bottom_lines?count=999');
    expect(most.response).toMatchObject({ per_page: 100, bottomlines: { length: 23 } });
  });

  test('since a year that no database can hold is as if not sent', async () => {
    expect((await get(`${BOTTOM_LINES}?since_date=0000-01-01`)).status).toBe(200);
  });

  test('newer than a number or a day are asked for, and nonsense is as if not sent', async () => {
    const count = async (query: string) =>
      (await body<BottomLines>(`${BOTTOM_LINES}?${query}`)).response.bottomlines.length;
    expect(await count('since_date=2999-01-01')).toBe(0);
    expect(await count('since_date=2020-01-01T00:00:00Z')).toBe(2);
    expect(await count('since_id=999999999999')).toBe(0);
    expect(await count('since_id=0')).toBe(2);
    expect(await count("since_id=x'&since_date=9999-99-99&page=-1&count=0")).toBe(2);
  });
});
