import { beforeEach, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { VISITOR_MISSES } from './storefront/limits.ts';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const SECRET = { ...JSON_TYPE, 'cache-control': 'public, max-age=600', 'set-cookie': 'a=b' };
const OK = JSON.stringify({ reviews: [] });

let edge: TestEdge;

beforeEach(() => {
  edge = new TestEdge();
  edge.origin.answers(() => answerWith(OK, SECRET));
});

const asked = () => edge.origin.asked.map(({ method, path }) => `${method} ${path}`);

test.each([
  ['GET', '/v1/apps/demo/reviews?utoken=x&page=2'],
  ['GET', '/v1/apps/demo/sku%2F1/reviews?utoken=x'],
  ['GET', '/oauth/validate_token?app_key=demo&token=x'],
  ['POST', '/oauth/token'],
  ['POST', '/apps/demo/purchases'],
  ['POST', '/apps/demo/purchases/mass_create.json'],
  ['GET', '/apps/demo/purchases?utoken=x&page=2'],
  ['DELETE', '/apps/demo/purchases'],
  ['POST', '/reviews/7/comments'],
  ['PUT', '/reviews/7/comments/7'],
  ['POST', '/questions/7/answers'],
  ['GET', '/core/v3/stores/demo/orders?page_info=x'],
  ['PATCH', '/core/v3/stores/demo/products/7'],
  ['DELETE', '/core/v3/stores/demo/products/7'],
])(
  '%s %s goes to the origin as it came, each time, and nobody keeps the answer',
  async (method, path) => {
    const body = method === 'GET' ? null : '{"product":{}}';
    for (let time = 0; time < 2; time += 1) {
      const answer = await edge.fetch(path, { method, body });
      expect([answer.status, await answer.text()]).toEqual([200, OK]);
      expect(answer.headers.get('cache-control')).toBe('private, no-store');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    expect(asked()).toEqual([`${method} ${path}`, `${method} ${path}`]);
  },
);

test('the token goes along, and nothing else that a client might send', async () => {
  await edge.fetch('/core/v3/stores/demo/products', {
    headers: { 'x-yotpo-token': 't', authorization: 'Bearer t', cookie: 'c=d', 'x-evil': '1' },
  });
  const [request] = edge.origin.asked;
  expect(request?.headers.get('x-yotpo-token')).toBe('t');
  expect(request?.headers.get('authorization')).toBe('Bearer t');
  expect([request?.headers.get('cookie'), request?.headers.get('x-evil')]).toEqual([null, null]);
});

test('a body that is too long does not reach the origin', async () => {
  const body = 'x'.repeat(600 * 1024);
  const answer = await edge.fetch('/core/v3/stores/demo/orders', { method: 'POST', body });
  expect([answer.status, asked()]).toEqual([413, []]);
});

test('a server asks only so often', async () => {
  const limited = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-visitor' });
  limited.origin.answers(() => answerWith(OK, SECRET));
  const headers = { 'x-visitor': '192.0.2.1' };
  const ask = () => limited.fetch('/v1/apps/demo/reviews?utoken=x', { headers });
  for (let count = 0; count < VISITOR_MISSES.units; count++) {
    expect((await ask()).status).toBe(200);
  }
  expect((await ask()).status).toBe(429);
});

test('an origin that is gone is told in the envelope that old clients read', async () => {
  edge.origin.goesDown();
  const answer = await edge.fetch('/v1/apps/demo/reviews?utoken=x');
  expect(await answer.json()).toEqual({ status: { code: 503, message: 'Service Unavailable' } });
});
