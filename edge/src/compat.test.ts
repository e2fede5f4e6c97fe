import { beforeEach, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';
import { VISITOR_MISSES } from './storefront/limits.ts';

const LIFE = {
  'cache-control': 'public, max-age=0, must-revalidate',
  'cdn-cache-control': 'max-age=86400, stale-while-revalidate=604800, stale-if-error=604800',
  'content-type': 'application/json; charset=utf-8',
};
const WIDGET = '/v1/widget/demo/products/42/reviews.json';

let edge: TestEdge;

const envelope = (response: unknown) =>
  JSON.stringify({ status: { code: 200, message: 'OK' }, response });

beforeEach(() => {
  edge = new TestEdge();
  edge.origin.answers(() => answerWith(envelope({ reviews: [] }), LIFE));
});

test('a read of an old client is answered from the cache, whatever else it sends', async () => {
  await edge.fetch(`${WIDGET}?per_page=50&page=1&callback=jsonp12`);
  const again = await edge.fetch(`${WIDGET}?page=1&utm_source=x&per_page=50`);
  expect(again.headers.get('cache-status')).toContain('; hit');
  expect(await again.json()).toEqual({
    status: { code: 200, message: 'OK' },
    response: { reviews: [] },
  });
  expect(edge.origin.asked.map(({ path }) => path)).toEqual([`${WIDGET}?page=1&per_page=50`]);
});

test('a purge reaches it like any other answer', async () => {
  edge.origin.answers(() =>
    answerWith(envelope({ bottomline: { total_reviews: 1 } }), {
      ...LIFE,
      'cache-tag': 'product:demo:42',
    }),
  );
  const path = '/products/demo/42/bottomline';
  await edge.fetch(path);
  edge.origin.answers(() => answerWith(envelope({ bottomline: { total_reviews: 2 } }), LIFE));
  await sendPurge(edge, { tags: ['product:demo:42'], mode: 'soft' });
  expect(await (await edge.fetch(path)).text()).toContain('"total_reviews":2');
});

test('an origin that is gone is not noticed by those who ask again', async () => {
  await edge.fetch(WIDGET);
  edge.origin.goesDown();
  edge.clock.passes(5 * 86_400);
  expect((await edge.fetch(WIDGET)).status).toBe(200);
});

test('a failure comes in the envelope that old clients read', async () => {
  edge.origin.goesDown();
  const response = await edge.fetch('/reviews/7');
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await response.json()).toEqual({ status: { code: 503, message: 'Service Unavailable' } });
});

test('in front of any origin, these addresses are the site’s own', async () => {
  const proxy = new TestEdge({ PROXY: 'on' });
  proxy.origin.answers(() => answerWith('a page', {}));
  await proxy.fetch('/reviews/7?tab=2');
  expect(proxy.origin.asked[0]?.path).toBe('/reviews/7?tab=2');
});

test.each([
  [
    '/v1/reviews/demo/filter.json',
    {
      domain_key: '42',
      page: 2,
      per_page: '10',
      scores: [5, 4, 5, 9],
      pictured: true,
      sortings: [{ sort_by: 'date', ascending: true }],
      crfs: [{ question_id: 1, answers: ['x'] }],
      free_text_search: 'kettle',
    },
    '/v1/reviews/demo/filter.json?direction=asc&domain_key=42&free_text_search=kettle&page=2&per_page=10&pictured=true&scores=4&scores=5&sort=date',
  ],
  [
    '/v3/storefront/store/demo/product/42/reviews?perPage=5&page=2',
    { scores: [5], pictured: false, page: 1 },
    '/v3/storefront/store/demo/product/42/reviews?page=1&perPage=5&scores=5',
  ],
  ['/v1/widget/demo/images/list', { ids: [7, 8] }, '/v1/widget/demo/images/list?ids=7&ids=8'],
])(
  'what is posted to %s is the same read by GET, from the same cache',
  async (path, body, asked) => {
    for (const init of [
      { method: 'POST', body: JSON.stringify(body) },
      {
        method: 'POST',
        body: JSON.stringify(Object.fromEntries(Object.entries(body).toReversed())),
      },
    ]) {
      const answer = await edge.fetch(path, init);
      expect([answer.status, await answer.text()]).toEqual([200, envelope({ reviews: [] })]);
    }
    const again = await edge.fetch(asked);
    expect(again.headers.get('cache-status')).toContain('; hit');
    expect(edge.origin.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET ${asked}`,
    ]);
    expect((await edge.fetch(path, { method: 'OPTIONS' })).status).toBe(204);
  },
);

test('who posts nothing asks for everything, and what is no object is refused', async () => {
  const path = '/v3/storefront/store/demo/product/42/reviews';
  expect((await edge.fetch(path, { method: 'POST' })).status).toBe(200);
  for (const body of ['scores=5', '[]', 'null', '"x"']) {
    const refused = await edge.fetch(path, { method: 'POST', body });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({
      status: { code: 400, message: 'The body is not a JSON object.' },
    });
  }
  const long = JSON.stringify({ scores: [5], more: 'x'.repeat(20_000) });
  expect((await edge.fetch(path, { method: 'POST', body: long })).status).toBe(413);
  expect(edge.origin.asked.map((request) => request.path)).toEqual([path]);
});

test('on Cloudflare a posted read comes from the cache in front of the Worker, so often', async () => {
  const cloud = new TestEdge({}, { onCloudflare: true });
  cloud.origin.answers(() => answerWith(envelope({ reviews: [] }), LIFE));
  const path = '/v1/reviews/demo/filter.json';
  const post = async () =>
    cloud.fetch(path, {
      method: 'POST',
      body: '{"scores":[5]}',
      headers: { 'cf-connecting-ip': '192.0.2.1' },
    });
  for (let count = 0; count < VISITOR_MISSES.units; count++) {
    expect((await post()).status).toBe(200);
  }
  expect(await (await post()).json()).toEqual({
    status: { code: 429, message: 'Too Many Requests' },
  });
  expect(cloud.origin.asked).toHaveLength(1);
});
