import { expect, test } from 'vitest';
import { describeCompat, fillShop } from '../../../test/compat-shop.ts';

/** Every read, the shop left open, and the tags it must carry. */
const READS: [path: string, tags: string][] = [
  ['/products/SHOP/kettle/bottomline', 'product:SHOP:kettle'],
  ['/products/SHOP/yotpo_site_reviews/bottomline', 'reviews:SHOP'],
  ['/products/SHOP/kettle/reviews', 'product:SHOP:kettle'],
  ['/products/SHOP/kettle/questions', 'questions:SHOP:kettle'],
  ['/products/SHOP/kettle/qna_bottomline', 'questions:SHOP:kettle'],
  ['/v1/widget/SHOP/products/products_information?domain_keys[]=kettle', 'ratings:SHOP:'],
  ['/v1/widget/SHOP/products/kettle/reviews.json', 'product:SHOP:kettle'],
  ['/v1/widget/SHOP/products/yotpo_site_reviews/reviews.json', 'reviews:SHOP'],
  ['/v1/widget/SHOP/products/kettle/questions', 'questions:SHOP:kettle'],
  ['/v1/reviews/SHOP/filter.json?domain_key=kettle&scores=5', 'product:SHOP:kettle'],
  ['/v1/reviews/SHOP/filter.json?pictured=true', 'reviews:SHOP'],
  ['/v1/widget/SHOP/images/list?ids=1', ''],
  ['/v1/widget/SHOP/albums/product/kettle', 'product:SHOP:kettle'],
  ['/v1/widget/SHOP/albums/by_name?album_name=x', 'reviews:SHOP'],
  ['/v1/apps/SHOP/bottom_lines', 'reviews:SHOP'],
  ['/v1/star_distribution/store/SHOP/product/kettle', 'product:SHOP:kettle'],
  ['/v3/storefront/store/SHOP/product/kettle/reviews', 'product:SHOP:kettle'],
  ['/v3/storefront/store/SHOP/product/kettle/ratings', 'product:SHOP:kettle'],
  ['/v3/storefront/stores/SHOP/ratings', 'reviews:SHOP'],
  ['/v3/storefront/stores/SHOP/products/kettle/reviewsMedia', 'product:SHOP:kettle'],
  ['/v3/storefront/stores/SHOP/products/kettle/productData', 'product:SHOP:kettle'],
];

describeCompat('every read for clients of Yotpo', ({ get, context }) => {
  test.each(READS)('%s may be kept, and served stale, until it is purged', async (path, tag) => {
    const answer = await get(path.replace('SHOP', 'acme'));
    expect(answer.status).toBe(200);
    const fields = Object.fromEntries(answer.headers);
    expect(fields).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': expect.stringMatching(/^public, max-age=\d+.*stale-if-error=\d+/),
      'cdn-cache-control': expect.stringMatching(/^max-age=\d+.*stale-if-error=\d+/),
      'content-type': 'application/json; charset=utf-8',
      vary: 'Accept-Encoding',
    });
    const tags = fields['cache-tag']?.split(',') ?? [];
    expect(tags[0]).toBe('shop:acme');
    expect(tags[1] ?? '').toContain(tag.replace('SHOP', 'acme'));
    const again = { headers: { 'if-none-match': fields['etag'] ?? '' } };
    expect((await get(path.replace('SHOP', 'acme'), again)).status).toBe(304);
  });

  test.each(READS)('%s of an unknown shop is 404 in the frame, kept for seconds', async (path) => {
    for (const appKey of ['nowhere', 'x', '%00', 'x'.repeat(70)]) {
      const answer = await get(path.replace('SHOP', appKey));
      expect(answer.status).toBe(404);
      expect(answer.headers.get('cdn-cache-control')).toBe('max-age=5');
      expect(await answer.json()).toEqual({ status: { code: 404, message: 'Not Found' } });
    }
  });

  test.each(READS)('%s shows a shop nothing of another', async (path) => {
    await fillShop(context(), 'empty', []);
    const text = await (await get(path.replace('SHOP', 'empty'))).text();
    expect(text).not.toMatch(/Boils|Kettle|"total(?:_?[Rr]eviews?)?":[1-9]/);
  });

  test('is read only', async () => {
    const answer = await get('/products/acme/kettle/bottomline', { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(await answer.json()).toEqual({ status: { code: 405, message: 'Method Not Allowed' } });
  });
});
