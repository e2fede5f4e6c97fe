import { describe, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

const REVIEWS = '/v1/shops/demo/products/42/reviews';
const DATA = '/v1/shops/demo/products/42/structured-data.json';
const LIFE = { 'cache-control': 'public, max-age=60', 'cdn-cache-control': 'max-age=86400' };

const json = (body: unknown, tag: string): Response =>
  answerWith(JSON.stringify(body), {
    ...LIFE,
    'content-type': 'application/json',
    'cache-tag': tag,
  });

function stock(edge: TestEdge, body: string): void {
  edge.origin.answers(({ path }) =>
    path.endsWith('/settings')
      ? json({ version: 1, layout: { pageSize: 20 } }, 'settings:demo')
      : json({ reviews: [{ body }] }, 'product:demo:42'),
  );
}

describe.each([false, true])('structured data, on Cloudflare: %s', (onCloudflare) => {
  test('is made of the page that the widget shows, whatever the shop says of the product', async () => {
    const edge = new TestEdge({}, { onCloudflare });
    stock(edge, 'Warm');
    const response = await edge.fetch(`${DATA}?name=Jumper&url=https://shop.example/42&utm=1`);
    expect(response.headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
    expect(response.headers.has('cache-tag')).toBe(false);
    expect(await response.json()).toEqual({
      productID: '42',
      name: 'Jumper',
      '@id': 'https://shop.example/42',
      url: 'https://shop.example/42',
      page: { reviews: [{ body: 'Warm' }] },
    });
    expect(await edge.json(`${DATA}?name=Other`)).toMatchObject({ name: 'Other' });
    const parts = ['/v1/shops/demo/settings', `${REVIEWS}?limit=20`];
    // The platform keeps whole answers, not what they are made of.
    expect(edge.origin.paths).toEqual(onCloudflare ? [...parts, ...parts] : parts);
  });

  test('follows a purge of the product', async () => {
    const edge = new TestEdge({}, { onCloudflare });
    stock(edge, 'old');
    await edge.fetch(DATA);
    stock(edge, 'new');
    await sendPurge(edge, { tags: ['product:demo:42'], mode: 'soft' });
    expect(await edge.json(DATA)).toMatchObject({ page: { reviews: [{ body: 'new' }] } });
  });
});

describe('structured data', () => {
  test('holds no text that could end a script element (WJ09)', async () => {
    const edge = new TestEdge();
    const hostile = '</script><!-- \u2028\u2029';
    stock(edge, hostile);
    const response = await edge.fetch(`${DATA}?name=${encodeURIComponent(hostile)}`);
    expect(await response.clone().text()).not.toMatch(/[<>\u2028\u2029]/);
    expect(await response.json()).toMatchObject({
      name: hostile,
      page: { reviews: [{ body: hostile }] },
    });
  });

  test.each([
    ['name', ''],
    ['name', 'x'.repeat(501)],
    ['url', 'javascript:alert(1)'],
    ['url', 'https://'],
  ])('refuses a wrong %s: %j', async (parameter, value) => {
    const edge = new TestEdge();
    const response = await edge.fetch(`${DATA}?${parameter}=${encodeURIComponent(value)}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ parameter });
    expect(edge.origin.asked).toHaveLength(0);
  });

  test('is not sent again to who has it', async () => {
    const edge = new TestEdge();
    stock(edge, 'Warm');
    const etag = (await edge.fetch(DATA)).headers.get('etag') ?? '';
    const headers = { 'if-none-match': etag };
    expect((await edge.fetch(DATA, { headers })).status).toBe(304);
    stock(edge, 'Cold');
    await sendPurge(edge, { tags: ['product:demo:42'], mode: 'soft' });
    expect((await edge.fetch(DATA, { headers })).status).toBe(200);
  });

  test('is not made of what an origin forbids to keep', async () => {
    const edge = new TestEdge();
    edge.origin.answers(() =>
      answerWith('{}', { 'content-type': 'application/json', 'cache-control': 'no-store' }),
    );
    expect((await edge.fetch(DATA)).status).toBe(502);
  });

  test('of a shop that is not there, or while the origin is down, is a problem', async () => {
    const edge = new TestEdge();
    expect((await edge.fetch(DATA)).status).toBe(404);
    edge.origin.goesDown();
    const response = await edge.fetch('/v1/shops/other/products/42/structured-data.json');
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });
});
