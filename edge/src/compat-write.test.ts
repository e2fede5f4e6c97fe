import { beforeEach, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { VISITOR_WRITES } from './storefront/limits.ts';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const OK = JSON.stringify({ status: { code: 200, message: 'OK' } });

let edge: TestEdge;

beforeEach(() => {
  edge = new TestEdge();
  edge.origin.answers(() => answerWith(OK, JSON_TYPE));
});

const asked = () => edge.origin.asked.map(({ method, path }) => `${method} ${path}`);

test.each(['/v1/widget/reviews', '/reviews/dynamic_create', '/questions/send_confirmation_mail'])(
  'what a form sends to %s goes to the origin, and its answer is kept by nobody',
  async (path) => {
    const response = await edge.fetch(path, { method: 'POST', body: '{"appkey":"demo"}' });
    expect([response.status, await response.text()]).toEqual([200, OK]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked()).toEqual([`POST ${path}`]);
    const preflight = await edge.fetch(path, { method: 'OPTIONS' });
    expect(preflight.status).toBe(204);
  },
);

test.each(['GET', 'POST'])('a vote by %s is sent to the origin as what it is', async (method) => {
  await edge.fetch('/reviews/7/vote/up', { method });
  await edge.fetch('/reviews/7/vote/down/true', { method });
  await edge.fetch('/answers/8/vote/up', { method });
  expect(asked()).toEqual([
    'POST /reviews/7/vote/up',
    'POST /reviews/7/vote/down/true',
    'POST /answers/8/vote/up',
  ]);
});

test('a review that stands in the address is sent to the origin as a form', async () => {
  const fields = 'appkey=demo&sku=42&review_score=5&display_name=Ann+B';
  const response = await edge.fetch(`/reviews/dynamic_create?${fields}`);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
  const [request] = edge.origin.asked;
  expect([request?.method, request?.path]).toEqual(['POST', '/reviews/dynamic_create']);
  expect(request?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
  expect(await request?.text()).toBe(fields);
  const looked = await edge.fetch('/reviews/dynamic_create?x=1', { method: 'HEAD' });
  expect([looked.status, edge.origin.asked.length]).toEqual([403, 1]);
});

test.each([{ 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }])(
  'a browser that fetches ahead (%j) does not vote',
  async (headers) => {
    expect((await edge.fetch('/reviews/7/vote/up', { headers })).status).toBe(403);
    expect(edge.origin.asked).toEqual([]);
  },
);

test('a visitor votes only so often', async () => {
  const limited = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-visitor' });
  limited.origin.answers(() => answerWith(OK, JSON_TYPE));
  const headers = { 'x-visitor': '192.0.2.1' };
  for (let count = 0; count < VISITOR_WRITES.units; count++) {
    expect((await limited.fetch('/reviews/7/vote/up', { headers })).status).toBe(200);
  }
  const refused = await limited.fetch('/reviews/7/vote/up', { headers });
  expect(await refused.json()).toEqual({ status: { code: 429, message: 'Too Many Requests' } });
});

test('an origin that is gone is told in the envelope that old clients read', async () => {
  edge.origin.goesDown();
  const response = await edge.fetch('/v1/widget/reviews', { method: 'POST', body: '{}' });
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: { code: 503, message: 'Service Unavailable' } });
});

test('thank-you pages get their pixel, and nobody is counted', async () => {
  const response = await edge.fetch('/conversion_tracking.gif?app_key=demo&order_id=1');
  expect(response.headers.get('content-type')).toBe('image/gif');
  expect((await response.arrayBuffer()).byteLength).toBe(42);
  expect(edge.origin.asked).toEqual([]);
});
