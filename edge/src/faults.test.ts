/** An origin that fails in every way: what visitors get meanwhile, and how soon. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { WAITS } from './storefront/origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

const LIFE = {
  'content-type': 'application/json',
  'cache-control': 'public, max-age=60',
  'cache-tag': 'shop:demo',
  'cdn-cache-control': 'max-age=600, stale-while-revalidate=3600, stale-if-error=604800',
};
const REVIEWS = '/v1/shops/demo/products/42/reviews';
const DAY = 86_400;

let edge: TestEdge;
let product = 0;
/** A page that nobody has read. */
const unread = (): string => `/v1/shops/demo/products/unread-${++product}/reviews`;
const send = () => edge.fetch(REVIEWS, { method: 'POST', body: '{}' });

const works = () => edge.origin.answers(() => answerWith('{"reviews":[]}', LIFE));

beforeEach(async () => {
  edge = new TestEdge();
  works();
  await edge.fetch(REVIEWS);
});

/** Fails until the circuit is open. */
async function opensCircuit(): Promise<void> {
  edge.origin.goesDown();
  for (let failure = 0; failure < 5; failure++) {
    edge.clock.passes(1);
    await edge.fetch(unread());
  }
}

async function expectProblem(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await response.json()).toMatchObject({ status, type: expect.stringMatching(/^urn:/) });
}

describe('while the circuit is open', () => {
  beforeEach(async () => {
    await opensCircuit();
    edge.origin.asked.length = 0;
    // Whoever asked it now would wait.
    edge.origin.hangs();
  });

  test('what is not there is a 503 with the time to try again, without asking the origin', async () => {
    const response = await edge.fetch(unread());
    expect(response.headers.get('retry-after')).toBe('5');
    await expectProblem(response, 503);
    expect(edge.origin.asked).toHaveLength(0);
  });

  test('a write is refused the same way', async () => {
    await expectProblem(await send(), 503);
    expect(edge.origin.asked).toHaveLength(0);
  });

  test.each([
    ['fresh', 5],
    ['stale', 1_000],
    ['good only while the origin fails', 6 * DAY],
  ])('an answer that is %s is given at once, while a probe hangs', async (_, seconds) => {
    edge.clock.passes(seconds);
    void edge.fetch(unread());
    await vi.waitFor(() => expect(edge.origin.asked).toHaveLength(1));
    const response = await edge.fetch(REVIEWS);
    expect([response.status, await response.json()]).toEqual([200, { reviews: [] }]);
    expect(edge.origin.asked.filter(({ path }) => path === REVIEWS)).toHaveLength(0);
  });

  test('one request probes the origin after a rest; when it works, all may go again', async () => {
    works();
    edge.clock.passes(5);
    const answers = await Promise.all(
      [unread(), unread(), unread()].map((path) => edge.fetch(path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 503]);
    expect(edge.origin.asked).toHaveLength(1);
    expect((await edge.fetch(unread())).status).toBe(200);
  });

  test('a purge shows that the origin works, so the next request may go', async () => {
    works();
    await sendPurge(edge, { tags: ['shop:demo'], mode: 'soft' });
    expect((await edge.fetch(unread())).status).toBe(200);
  });
});

test('failed writes open the circuit for reads too', async () => {
  edge.origin.goesDown();
  for (let failure = 0; failure < 5; failure++) {
    edge.clock.passes(1);
    await send();
  }
  edge.origin.asked.length = 0;
  expect((await edge.fetch(unread())).status).toBe(503);
  expect(edge.origin.asked).toHaveLength(0);
});

test('one page that is broken takes no other away', async () => {
  edge.origin.answers(() => answerWith('stack trace', {}, 500));
  for (let failure = 0; failure < 20; failure++) {
    edge.clock.passes(1);
    await edge.fetch('/v1/shops/demo/products/broken/reviews');
  }
  works();
  expect((await edge.fetch(unread())).status).toBe(200);
});

/** The lifetimes that the origin gives (`origin/src/http/caching-policy.ts`). */
const DAYS = {
  'content-type': 'application/json',
  'cache-control': 'public, max-age=60, stale-while-revalidate=3600, stale-if-error=86400',
  'cdn-cache-control': 'max-age=86400, stale-while-revalidate=604800, stale-if-error=604800',
};

describe.each([
  ['refuses', (edge: TestEdge) => edge.origin.goesDown()],
  ['never answers', (edge: TestEdge) => edge.origin.hangs()],
  ['breaks', (edge: TestEdge) => edge.origin.answers(() => answerWith('trace', {}, 500))],
  ['is a page of somebody else’s', (edge: TestEdge) => edge.origin.answers(elsewhere)],
])('an origin that %s for seven days', (_, fails) => {
  const PAGES = Array.from({ length: 20 }, (_, page) => [
    `/v1/shops/demo/products/${page}/reviews`,
    `/v1/shops/shop-${page}/settings`,
    `/v1/shops/shop-${page}/ratings?ids=1,2,3`,
    `/shop-${page}/plaudit.js`,
  ]).flat();
  const text = async (path: string) => (await edge.fetch(path)).text();
  const readAll = () => Promise.all(PAGES.map((path) => edge.fetch(path)));

  test('takes away nothing that was read in the last day, and nobody waits', async () => {
    edge = new TestEdge({}, { waits: { ...WAITS, read: 10 } });
    edge.origin.answers(({ path }) => answerWith(JSON.stringify({ ratings: {}, path }), DAYS));
    const before = await Promise.all(PAGES.map(text));
    edge.clock.passes(DAY);
    fails(edge);
    for (let day = 0; day <= 7; day++) {
      const answers = await readAll();
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      // A detail would say that somebody had waited for the origin first.
      const handlings = answers.map(({ headers }) => headers.get('cache-status'));
      expect(
        handlings.filter((handling) => !/^Plaudit; hit; ttl=-?\d+$/.test(handling ?? '')),
      ).toEqual([]);
      expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(before);
      edge.clock.passes(DAY - 1);
    }
    edge.origin.answers(({ path }) => answerWith(JSON.stringify({ ratings: {}, path }), DAYS));
    edge.clock.passes(60);
    await Promise.all(PAGES.map(text));
    expect((await edge.fetch(unread())).status).toBe(200);
  });
});

/** What a proxy or a parked domain answers in the origin's place. */
function elsewhere(): Response {
  return answerWith('<html>', { 'content-type': 'text/html', 'cache-control': 'max-age=60' }, 502);
}

describe('hostile sizes', () => {
  test.each([
    ['a query of 64 KB', `${REVIEWS}?x=${'y'.repeat(65_536)}`, {}, 200],
    ['a known parameter of 64 KB', `${REVIEWS}?locale=${'y'.repeat(65_536)}`, {}, 400],
    ['a path of 64 KB', `/v1/shops/demo/products/${'y'.repeat(65_536)}/reviews`, {}, 404],
    ['a field of 300 KB', REVIEWS, { 'x-large': 'y'.repeat(300_000) }, 200],
    ['an Accept-Encoding of 300 KB', REVIEWS, { 'accept-encoding': 'br,'.repeat(1e5) }, 200],
    ['a condition of 300 KB', REVIEWS, { 'if-none-match': '"1",'.repeat(75_000) }, 200],
    ['a range of 300 KB', REVIEWS, { range: `bytes=${'0-1,'.repeat(75_000)}0-0` }, 200],
  ])(
    '%s reaches no origin, and the next reader sees nothing of it',
    async (_, path, headers, status) => {
      expect((await edge.fetch(path, { headers })).status).toBe(status);
      expect(await edge.json(REVIEWS)).toEqual({ reviews: [] });
      const sent = edge.origin.asked.map(({ path, headers }) => [path, ...headers].join());
      expect(Math.max(...sent.map((text) => text.length))).toBeLessThan(200);
    },
  );
});
