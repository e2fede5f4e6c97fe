/**
 * One contract, two implementations: what visitors see is the same where our own engine keeps the
 * answers and where Workers Cache does (its stand-in; see test/workers-cache-stand-in.ts).
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

const LIFE = {
  'content-type': 'application/json',
  'cache-control': 'public, max-age=60',
  'cdn-cache-control': 'max-age=86400, stale-while-revalidate=604800, stale-if-error=604800',
};
const REVIEWS = '/v1/shops/demo/products/42/reviews';

describe.each([
  ['our own engine', false],
  ['Workers Cache', true],
])('with %s', (_, onCloudflare) => {
  let edge: TestEdge;
  const bodyOf = async (path: string) => (await edge.fetch(path)).json();
  const answers = (version: number, tag: string) =>
    edge.origin.answers(() =>
      answerWith(JSON.stringify({ version }), { ...LIFE, 'cache-tag': `shop:demo,${tag}` }),
    );

  beforeEach(() => {
    edge = new TestEdge({}, { onCloudflare });
    answers(1, 'product:demo:42');
  });

  test('a page is asked of the origin once', async () => {
    await edge.fetch(REVIEWS);
    expect(await bodyOf(REVIEWS)).toEqual({ version: 1 });
    expect(edge.origin.asked).toHaveLength(1);
  });

  test.each(['soft', 'hard'] as const)('a %s purge brings the new page', async (mode) => {
    await edge.fetch(REVIEWS);
    answers(2, 'product:demo:42');
    const response = await sendPurge(edge, { tags: ['product:demo:42'], mode });
    expect(response.ok).toBe(true);
    expect(await bodyOf(REVIEWS)).toEqual({ version: 2 });
    expect(edge.origin.asked).toHaveLength(2);
  });

  test('a purge leaves other pages alone', async () => {
    await edge.fetch(REVIEWS);
    await sendPurge(edge, { tags: ['product:demo:43'], mode: 'hard' });
    await edge.fetch(REVIEWS);
    expect(edge.origin.asked).toHaveLength(1);
  });

  test('an old page is shown while the new one is fetched', async () => {
    await edge.fetch(REVIEWS);
    edge.clock.passes(86_401);
    answers(2, 'product:demo:42');
    expect(await bodyOf(REVIEWS)).toEqual({ version: 1 });
    await edge.background.settled();
    expect(await bodyOf(REVIEWS)).toEqual({ version: 2 });
  });

  test('a page goes on while the origin is down', async () => {
    await edge.fetch(REVIEWS);
    edge.origin.goesDown();
    for (const seconds of [3600, 86_400, 86_400]) {
      edge.clock.passes(seconds);
      expect(await bodyOf(REVIEWS)).toEqual({ version: 1 });
      await edge.background.settled();
    }
  });

  test('an error and a cookie are kept by nobody', async () => {
    edge.origin.goesDown();
    expect((await edge.fetch(REVIEWS)).status).toBe(503);
    edge.origin.answers(() => answerWith('{}', { ...LIFE, 'set-cookie': 'a=1' }));
    expect((await edge.fetch(REVIEWS)).headers.has('set-cookie')).toBe(false);
    answers(2, 'product:demo:42');
    expect(await bodyOf(REVIEWS)).toEqual({ version: 2 });
  });

  test('ratings come from shards that are asked for once, and follow a purge', async () => {
    const rate = (count: number) =>
      edge.origin.answers(({ path }) => {
        const shard = path.slice(path.lastIndexOf('/') + 1);
        const ratings = Object.fromEntries(
          Array.from({ length: 20 }, (_, id) => [`p${id}`, { average: 4, count }]),
        );
        return answerWith(JSON.stringify({ ratings }), {
          ...LIFE,
          'cache-tag': `ratings:demo:${shard}`,
        });
      });
    rate(1);
    const ask = (ids: string) => bodyOf(`/v1/shops/demo/ratings?ids=${ids}`);
    await ask('p1,p2,p3');
    const asked = edge.origin.asked.length;
    expect(await ask('p3,p1')).toEqual({
      ratings: { p1: { average: 4, count: 1 }, p3: { average: 4, count: 1 } },
    });
    expect(edge.origin.asked).toHaveLength(asked);
    rate(2);
    const tags = Array.from({ length: 16 }, (_, shard) => `ratings:demo:${shard}`);
    await sendPurge(edge, { tags, mode: 'soft' });
    expect(await ask('p1')).toEqual({ ratings: { p1: { average: 4, count: 2 } } });
    // The very address that was answered before, too.
    expect(await ask('p3,p1')).toEqual({
      ratings: { p1: { average: 4, count: 2 }, p3: { average: 4, count: 2 } },
    });
  });

  test('the loader follows the settings', async () => {
    answers(1, 'settings:demo');
    expect(await (await edge.fetch('/demo/plaudit.js')).text()).toContain('"version":1');
    answers(2, 'settings:demo');
    await sendPurge(edge, { tags: ['settings:demo'], mode: 'soft' });
    expect(await (await edge.fetch('/demo/plaudit.js')).text()).toContain('"version":2');
  });

  test('visitors see nothing of what is between the caches', async () => {
    for (const path of [REVIEWS, '/v1/shops/demo/settings', '/demo/plaudit.js']) {
      const { headers } = await edge.fetch(path);
      expect(headers.get('cache-control')).toContain('public, max-age=');
      for (const name of ['cache-tag', 'cdn-cache-control', 'cloudflare-cdn-cache-control']) {
        expect(headers.has(name)).toBe(false);
      }
    }
  });
});

describe('on Cloudflare', () => {
  test('a purge is promised with the time by which it will have happened', async () => {
    const edge = new TestEdge({}, { onCloudflare: true });
    const response = await sendPurge(edge, { tags: ['a'], mode: 'soft' });
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ by: new Date(edge.clock.now()).toISOString() });
  });

  test('the queue’s own calls are signed, and reach the cache in front', async () => {
    const edge = new TestEdge({}, { onCloudflare: true });
    const forged = await sendPurge(
      edge,
      { tags: ['a'], mode: 'soft' },
      { secret: 'guess' },
      '/purge/now',
    );
    expect(forged.status).toBe(401);
    expect((await sendPurge(edge, { tags: ['a'], mode: 'soft' }, {}, '/purge/now')).status).toBe(
      204,
    );
    expect((await sendPurge(edge, { tags: ['b'], mode: 'hard' }, {}, '/purge/now')).status).toBe(
      204,
    );
    expect(edge.workersCache?.calls).toEqual([
      { kind: 'invalidate', tags: ['a'] },
      { kind: 'purge', tags: ['b'] },
    ]);
  });

  test('the health of the edge tells how far behind its purges are', async () => {
    const edge = new TestEdge({}, { onCloudflare: true });
    expect(await edge.json('/healthz')).toEqual({
      status: 'ok',
      purgeQueue: { waiting: 0, ageSeconds: 0 },
    });
  });
});
