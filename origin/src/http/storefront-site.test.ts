import { ratingShardOf, SITE_PRODUCT_ID } from '@plaudit/contract';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { fillShop } from '../../test/compat-shop.ts';
import { describeOnEach } from '../../test/databases.ts';
import { createApp } from '../app.ts';
import { listProducts } from '../domain/products/list.ts';
import { SITE_PRODUCT } from '../domain/products/site.ts';
import { findShop } from '../domain/shops/find.ts';
import { exportReviews } from '../exchange/export-reviews.ts';
import { toForeignReview } from '../exchange/to-foreign-review.ts';

const BASE = 'http://origin/v1/shops/acme';
const SITE = 'yotpo_site_reviews';
let people = 0;

interface Page {
  summary: { count: number; average: number };
  reviews: { id: string; productId: string; body?: string }[];
}

describeOnEach('reviews of the shop itself', (fixture) => {
  let app: ReturnType<typeof createApp>;
  const read = async <T>(path: string): Promise<T> => {
    const answer = await app.request(path.startsWith('/v1/shops') ? `http://origin${path}` : path);
    expect(answer.status).toBe(200);
    return (await answer.json()) as T;
  };
  const write = async (body: string, path = `${BASE}/site/reviews`) =>
    app.request(path, {
      method: 'POST',
      body: JSON.stringify({
        rating: 2,
        body,
        author: 'Mara',
        email: `mara-${(people += 1)}@example.com`,
      }),
    });

  beforeAll(async () => {
    app = createApp({ domain: fixture.context, log: pino({ level: 'silent' }) });
    await fillShop(fixture.context, 'acme', [{ rating: 4, body: 'A kettle.' }]);
  });

  test('are empty before anybody wrote one; old clients see what is said of products then', async () => {
    expect(await read<Page>(`${BASE}/site/reviews`)).toMatchObject({
      summary: { count: 0 },
      reviews: [],
    });
    const line = await read<object>(`http://origin/products/acme/${SITE}/bottomline`);
    expect(line).toMatchObject({ response: { bottomline: { total_reviews: 1 } } });
  });

  test('are written and read like those of a product, and are among all of the shop', async () => {
    const answer = await write('Fast delivery.');
    expect(answer.status).toBe(201);
    const page = await read<Page>(`${BASE}/site/reviews`);
    expect(page).toMatchObject({ summary: { count: 1, average: 2 }, reviews: [{ productId: '' }] });
    const cached = await app.request(`${BASE}/site/reviews?sort=newest`);
    expect(cached.headers.get('cache-tag')).toBe('shop:acme,product:acme:');
    expect(await read<Page>(`${BASE}/reviews`)).toMatchObject({ summary: { count: 2 } });
    expect(await read<Page>(`${BASE}/products/kettle/reviews`)).toMatchObject({
      summary: { count: 1 },
    });
    expect((await app.request(`${BASE}/site/reviews?sort=best`)).status).toBe(400);
    const wrong = await app.request(`${BASE}/site/reviews`, { method: 'DELETE' });
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
  });

  test('are in no list of products, and among the ratings under a name of their own', async () => {
    const shop = await findShop(fixture.context.db, 'acme');
    const ids = (await listProducts(fixture.context.db, shop.id)).map(({ id }) => id);
    expect(ids).toEqual(['kettle']);
    const shard = ratingShardOf(SITE_PRODUCT_ID);
    // What is purged when such a review is written.
    expect(shard).toBe(ratingShardOf(SITE_PRODUCT));
    const { ratings } = await read<{ ratings: object }>(`${BASE}/rating-shards/${shard}`);
    expect(ratings).toMatchObject({ [SITE_PRODUCT_ID]: { average: 2, count: 1 } });
    expect(Object.keys(ratings)).not.toContain(SITE_PRODUCT);
    expect(await read(`${BASE}/ratings?ids=${SITE_PRODUCT_ID},none`)).toEqual({
      ratings: { [SITE_PRODUCT_ID]: { average: 2, count: 1 } },
    });
    const lines = await read<object>('http://origin/v1/apps/acme/bottom_lines');
    expect(JSON.stringify(lines)).not.toContain(SITE);
  });

  test('leave their name to no product', async () => {
    const path = `${BASE}/products/${encodeURIComponent(SITE_PRODUCT_ID)}`;
    for (const part of ['reviews', 'questions', 'topics']) {
      const read = await app.request(`${path}/${part}`);
      expect([read.status, await read.text()]).toEqual([404, expect.stringContaining('@site')]);
    }
    const written = await write('No product.', `${path}/reviews`);
    expect(written.status).toBe(404);
  });

  test('are what old clients read and write under the name that they have for it', async () => {
    const form = {
      appkey: 'acme',
      sku: SITE,
      review_score: 5,
      review_content: 'Kind people.',
      display_name: 'Ada',
      email: 'ada@example.com',
    };
    const sent = await app.request('http://origin/v1/widget/reviews', {
      method: 'POST',
      body: JSON.stringify(form),
    });
    expect(await sent.json()).toEqual({ code: 200, message: 'ok' });
    const line = await read<object>(`http://origin/products/acme/${SITE}/bottomline`);
    expect(line).toMatchObject({
      response: { bottomline: { total_reviews: 2, average_score: 3.5 } },
    });
    const widget = await read<{
      response: { products: { domain_key: string }[]; reviews: { content: string }[] };
    }>(`http://origin/v1/widget/acme/products/${SITE}/reviews.json`);
    expect(widget.response.products.map(({ domain_key: key }) => key)).toEqual([SITE]);
    expect(widget.response.reviews.map(({ content }) => content).toSorted()).toEqual([
      'Fast delivery.',
      'Kind people.',
    ]);
  });

  test('come from a file under that name, and go back into one', async () => {
    const row = {
      productId: SITE,
      otherProductIds: [],
      productTitle: 'The shop',
      rating: 3 as const,
      body: 'From a file.',
      createdAt: new Date('2024-01-01'),
      verified: false,
      incentivized: false,
      answers: [],
      status: 'published' as const,
      helpfulUp: 0,
      helpfulDown: 0,
      pictureUrls: [],
      videoUrls: [],
      cut: [],
    };
    await fillShop(fixture.context, 'acme', [toForeignReview(row, SITE, 'row:1')]);
    const page = await read<Page>(`${BASE}/site/reviews?sort=oldest`);
    expect(page.reviews[0]?.body).toBe('From a file.');
    const shop = await findShop(fixture.context.db, 'acme');
    const plan = { format: 'plaudit-csv', hasEmails: false, onProgress: () => {} } as const;
    let text = '';
    for await (const piece of exportReviews(fixture.context, shop, plan)) text += piece;
    expect(text.split(`,${SITE},`)).toHaveLength(4);
  });
});
