/** Poisoning, deception and key explosion: what a hostile visitor tries on a shared cache. */
import { REVIEW_PARAMETERS } from '@plaudit/contract';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

const LIFE = { 'cdn-cache-control': 'max-age=600', 'cache-control': 'public, max-age=60' };
const REVIEWS = '/v1/shops/demo/products/42/reviews';

let edge: TestEdge;

beforeEach(() => {
  edge = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-real-ip' });
  // An origin that reflects everything it is told, as a careless one would.
  edge.origin.answers(({ path, headers }) =>
    answerWith(JSON.stringify({ path, headers: [...headers] }), LIFE),
  );
});

const clean = async () => (await edge.fetch(REVIEWS)).text();

describe('a visitor who reads first', () => {
  test.each([
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-for', '192.0.2.66'],
    ['x-real-ip', '192.0.2.66'],
    ['x-original-url', '/admin'],
    ['x-http-method-override', 'DELETE'],
    ['forwarded', 'host=evil.example'],
    ['cookie', 'session=1'],
    ['authorization', 'Bearer x'],
    ['accept', 'text/evil'],
    ['accept-language', 'evil'],
    ['origin', 'https://evil.example'],
    ['range', 'bytes=0-0'],
    ['if-none-match', '*'],
    ['if-modified-since', 'Thu, 01 Jan 2099 00:00:00 GMT'],
    ['cache-control', 'no-store'],
    ['content-type', 'evil/evil'],
    ['x-oversized', 'x'.repeat(300_000)],
  ])('with %s changes nothing for who reads next', async (name, value) => {
    const expected = await clean();
    edge = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-real-ip' });
    edge.origin.answers(({ path, headers }) =>
      answerWith(JSON.stringify({ path, headers: [...headers] }), LIFE),
    );
    await edge.fetch(REVIEWS, { headers: { [name]: value } });
    const response = await edge.fetch(REVIEWS);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(expected);
    expect(edge.origin.asked).toHaveLength(1);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])(
    'with the method %s changes nothing for who reads next',
    async (method) => {
      const expected = await clean();
      await edge.fetch(REVIEWS, { method });
      expect(await clean()).toBe(expected);
    },
  );
});

describe('the key of a question', () => {
  const known = {
    sort: fc.constantFrom('newest', 'relevant'),
    rating: fc.shuffledSubarray(['1', '2', '3'], { minLength: 3 }).map(String),
    locale: fc.constant('de'),
    limit: fc.constant('10'),
  };
  const names = new Set<string>(REVIEW_PARAMETERS);
  const stranger = fc.stringMatching(/^[a-z_]{1,8}\[?$/).filter((name) => !names.has(name));
  const junk = fc.dictionary(stranger, fc.string({ maxLength: 5 }));

  test('is one for all orders, defaults and strangers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record(known, { requiredKeys: ['rating'] }),
        junk,
        async (wanted, strange) => {
          const pairs = Object.entries({ ...strange, ...wanted }).toReversed();
          await edge.fetch(`${REVIEWS}?${String(new URLSearchParams(pairs))}`);
        },
      ),
    );
    // Two sorts, with and without a locale.
    expect(new Set(edge.origin.paths).size).toBeLessThanOrEqual(4);
    expect(edge.origin.asked.length).toBe(new Set(edge.origin.paths).size);
  });

  test.each([
    '?limit=1&limit=2',
    '?limit=1;limit=2',
    '?limit[]=1&limit=x',
    '?sort=newest%00',
    '?sort=newest%26limit%3D1',
    '?rating=1|2',
    '?cursor=../../admin',
    '?q=%00',
  ])('is never made of %s', async (search) => {
    const response = await edge.fetch(REVIEWS + search);
    expect([response.status, edge.origin.asked.length]).toEqual([400, 0]);
  });

  test('cannot be joined with another by what it is made of', async () => {
    const ids = ['a b', 'a%20b br', 'a/b', 'a?sort=newest', 'a#b', 'a\nb', 'a__b', 'a|b'];
    for (const id of ids) {
      await edge.fetch(`/v1/shops/demo/products/${encodeURIComponent(id)}/reviews`);
    }
    expect(new Set(edge.origin.paths).size).toBe(ids.length);
  });

  test.each([
    '/v1/shops/demo/products/42/reviews/x.css',
    '/v1/shops/demo/products/42/reviews;x.js',
    '/v1/shops/demo/products/42/reviews%2f..%2fsettings',
    '//v1/shops/demo/products/42/reviews',
    '/api/v1/orders/plaudit.css',
  ])('does not exist for %s', async (path) => {
    const response = await edge.fetch(path);
    expect([response.status, edge.origin.asked.length]).toEqual([404, 0]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

test('a purge under a hundred readers costs one request, and nobody keeps the old page', async () => {
  const version = (text: string) => answerWith(text, { ...LIFE, 'cache-tag': 'product:demo:42' });
  const before = edge.origin.holds(() => version('old'));
  const early = Array.from({ length: 100 }, clean);
  await sendPurge(edge, { tags: ['product:demo:42'], mode: 'soft' });
  const after = edge.origin.holds(() => version('new'));
  const late = Array.from({ length: 100 }, clean);
  before.open();
  after.open();
  expect(new Set(await Promise.all(early))).toEqual(new Set(['old']));
  expect(new Set(await Promise.all(late))).toEqual(new Set(['new']));
  expect(edge.origin.asked).toHaveLength(2);
  expect(await clean()).toBe('new');
});

test('two thousand pages fit into a memory that holds a few: the newest and the loved stay', async () => {
  edge = new TestEdge({ CACHE_MEMORY_BYTES: '150000' });
  edge.origin.answers(() => answerWith('x'.repeat(1000), LIFE));
  const loved = '/v1/shops/demo/products/loved/reviews';
  await edge.fetch(loved);
  for (let page = 0; page < 2_000; page++) {
    await edge.fetch(`/v1/shops/demo/products/${page}/reviews`);
    if (page % 20 === 0) await edge.fetch(loved);
  }
  expect(edge.origin.paths.filter((path) => path === loved)).toHaveLength(1);
  const newest = await edge.fetch('/v1/shops/demo/products/1999/reviews');
  expect(newest.headers.get('cache-status')).toContain('hit');
});
