/** Clients written as those of Yotpo are, over real HTTP: each stumbles where a shape is not kept. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillShop } from '../../../test/compat-shop.ts';
import { describeOnEach } from '../../../test/databases.ts';
import { createApp } from '../../app.ts';

interface Frame<T> {
  status: { code: number; message: string };
  response: T;
}
interface Page {
  pagination: { total: number; per_page: number };
  products: { id: number; domain_key: string }[];
  reviews: { id: number; product_id: number; user: { display_name: string }; content: string }[];
}

const COUNT = 320;

describeOnEach('clients of Yotpo', (fixture) => {
  let server: ReturnType<typeof serve>;
  let base = '';
  beforeAll(async () => {
    const many = Array.from({ length: COUNT }, (_, n) => ({
      rating: ((n % 5) + 1) as 1,
      body: `Body ${n}`,
      author: `User Name${n}`,
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, n % 100)),
    }));
    await fillShop(fixture.context, 'acme', many);
    await fillShop(fixture.context, 'acme', [{ product: { externalId: 'lamp' }, body: 'Bright' }]);
    const { fetch } = createApp({ domain: fixture.context, log: pino({ level: 'silent' }) });
    base = await new Promise((resolve) => {
      server = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }: AddressInfo) =>
        resolve(`http://127.0.0.1:${port}`),
      );
    });
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const ask = async <T>(path: string) => (await (await fetch(base + path)).json()) as T;

  /** Looks into the frame first, as a server-side snippet does. */
  async function response<T>(path: string): Promise<T> {
    const { status, response } = await ask<Frame<T>>(path);
    if (status.code !== 200) throw new Error(status.message);
    return response;
  }

  test('a data pipeline works out the pages and joins each review with its product', async () => {
    const rows: { id: number; sku: string; content: string }[] = [];
    const path = '/v1/widget/acme/products/kettle/reviews.json?per_page=150';
    let pages = 1;
    for (let page = 1; page <= pages; page++) {
      const read = await response<Page>(`${path}&page=${page}`);
      pages = Math.ceil(read.pagination.total / read.pagination.per_page);
      const skus = new Map(read.products.map(({ id, domain_key }) => [id, domain_key]));
      for (const { id, product_id, content } of read.reviews) {
        const sku = skus.get(product_id);
        if (sku === undefined) throw new Error(`no product ${product_id}`);
        rows.push({ id, sku, content });
      }
    }
    expect(pages).toBe(3);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(COUNT);
    expect(new Set(rows.map(({ content }) => content)).size).toBe(COUNT);
    expect(new Set(rows.map(({ sku }) => sku))).toEqual(new Set(['kettle']));
  });

  test('a site generator walks the catalogue until it is at its end, then each product', async () => {
    interface Lines {
      bottomlines: { domain_key: string; product_score: number; total_reviews: number }[];
    }
    const met: Lines['bottomlines'] = [];
    for (let page = 1; ; page++) {
      const path = `/v1/apps/acme/bottom_lines?page=${page}&count=100`;
      const { bottomlines } = await response<Lines>(path);
      if (bottomlines.length === 0) break;
      met.push(...bottomlines);
    }
    expect(met).toEqual([
      { domain_key: 'kettle', product_score: 3, total_reviews: COUNT },
      { domain_key: 'lamp', product_score: 5, total_reviews: 1 },
    ]);
    for (const { domain_key, total_reviews } of met) {
      const product = `/products/acme/${domain_key}`;
      const { bottomline } = await response<{ bottomline: object }>(`${product}/bottomline`);
      expect(bottomline).toMatchObject({ total_reviews });
      const questions = await response<{ questions: unknown[] }>(`${product}/questions?page=1`);
      expect(questions.questions).toEqual([]);
    }
  });

  test('a shop front opens a review that it has listed, by its number', async () => {
    const { reviews } = await response<Page>('/v1/widget/acme/products/lamp/reviews.json');
    const { review } = await response<{
      review: { content: string; products: { Product: { name: string } }[] };
    }>(`/reviews/${reviews[0]?.id}`);
    expect(review).toMatchObject({ content: 'Bright', products: [{ Product: { name: 'lamp' } }] });
  });

  test('a component of v3 finds its product among those of the answer', async () => {
    const path = '/v3/storefront/store/acme/product/kettle/reviews?page=1&perPage=100&sort=date';
    const { products, bottomline, reviews } = await ask<{
      products: { domainKey: string }[];
      bottomline: { totalReview: number; averageScore: number };
      reviews: { createdAt: string; user: { displayName: string } }[];
    }>(path);
    expect(products.find(({ domainKey }) => domainKey === 'kettle')).toBeDefined();
    expect(bottomline).toMatchObject({ totalReview: COUNT, averageScore: 3 });
    expect(reviews).toHaveLength(100);
    for (const { createdAt, user } of reviews) {
      expect(new Date(`${createdAt}Z`).getUTCFullYear()).toBe(2026);
      expect(user.displayName).toBe('User N.');
    }
  });

  test('one of a shop that is not there reads why', async () => {
    await expect(response('/products/nowhere/kettle/bottomline')).rejects.toThrow('Not Found');
  });
});
