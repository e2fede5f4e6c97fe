import { beforeEach, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

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
