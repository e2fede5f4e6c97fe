import { describe, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

const HTML = '/v1/shops/demo/products/42/reviews.html';
const CSS = '/v1/shops/demo/reviews.css';
const LIFE = { 'cache-control': 'public, max-age=60', 'cdn-cache-control': 'max-age=86400' };

const json = (body: unknown, tag: string): Response =>
  answerWith(JSON.stringify(body), {
    ...LIFE,
    'content-type': 'application/json',
    'cache-tag': tag,
  });

function stock(edge: TestEdge, body: string, locale = 'en'): void {
  edge.origin.answers(({ path }) =>
    path.endsWith('/settings')
      ? json({ locale, layout: { pageSize: 20 } }, 'settings:demo')
      : json({ reviews: [{ body }] }, 'product:demo:42'),
  );
}

/** The tests' renderer says what it was given. */
const rendered = async (edge: TestEdge, path: string): Promise<unknown> =>
  JSON.parse(await (await edge.fetch(path)).text());

describe.each([false, true])('reviews.html, on Cloudflare: %s', (onCloudflare) => {
  test('is made of the shop’s settings and of the page that the widget shows', async () => {
    const edge = new TestEdge({}, { onCloudflare });
    stock(edge, 'Warm', 'de');
    const response = await edge.fetch(`${HTML}?name=Jumper&layout=grid&utm=1`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(JSON.parse(await response.text())).toEqual({
      page: { reviews: [{ body: 'Warm' }] },
      options: {
        product: '42',
        facts: { productID: '42', name: 'Jumper' },
        layout: 'grid',
        settings: { locale: 'de', layout: { pageSize: 20 } },
      },
    });
    expect(edge.origin.paths).toEqual([
      '/v1/shops/demo/settings',
      '/v1/shops/demo/products/42/reviews?limit=20',
    ]);
  });

  test('follows a purge of the product, and one of the settings', async () => {
    const edge = new TestEdge({}, { onCloudflare });
    stock(edge, 'old');
    await edge.fetch(HTML);
    stock(edge, 'new', 'fr');
    await sendPurge(edge, { tags: ['product:demo:42'], mode: 'soft' });
    expect(await rendered(edge, HTML)).toMatchObject({ page: { reviews: [{ body: 'new' }] } });
    await sendPurge(edge, { tags: ['settings:demo'], mode: 'hard' });
    expect(await rendered(edge, HTML)).toMatchObject({ options: { settings: { locale: 'fr' } } });
  });
});

describe('reviews.html', () => {
  test('is rendered once for each version and question', async () => {
    const edge = new TestEdge();
    stock(edge, 'Warm');
    const first = await edge.fetch(HTML);
    const etag = first.headers.get('etag') ?? '';
    expect(await rendered(edge, `${HTML}?layout=compact`)).toMatchObject({
      options: { layout: 'compact' },
    });
    const headers = { 'if-none-match': etag };
    expect((await edge.fetch(HTML, { headers })).status).toBe(304);
  });

  test('links its styles where the page allows no style elements', async () => {
    const edge = new TestEdge();
    stock(edge, 'Warm');
    expect(await rendered(edge, `${HTML}?style=link`)).toMatchObject({
      options: { stylesheet: `//edge.example${CSS}` },
    });
    const response = await edge.fetch(CSS);
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(JSON.parse(await response.text())).toMatchObject({ locale: 'en' });
  });

  test.each(['layout=table', 'style=none', 'name=', 'url=javascript:alert(1)'])(
    'refuses %s',
    async (query) => {
      const edge = new TestEdge();
      const response = await edge.fetch(`${HTML}?${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ parameter: query.split('=')[0] });
      expect(edge.origin.asked).toHaveLength(0);
    },
  );

  test('of a shop that is not there, or while the origin is down, is a problem', async () => {
    const edge = new TestEdge();
    expect((await edge.fetch(HTML)).status).toBe(404);
    expect((await edge.fetch(CSS)).status).toBe(404);
    edge.origin.goesDown();
    const response = await edge.fetch('/v1/shops/other/products/42/reviews.html');
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});
