/** The middleware as a stranger would use it: with Hono, a store and an origin, and nothing of Plaudit. */
import { Hono } from 'hono';
import { beforeEach, describe, expect, test } from 'vitest';
import { Background } from '../../test/background.ts';
import { answerWith, FakeOrigin } from '../../test/fake-origin.ts';
import { TestClock } from '../../test/test-clock.ts';
import { MemoryStore } from '../store/memory.ts';
import { sharedCache } from './hono.ts';
import { createCache, type Cache } from './index.ts';

const PAGE = { 'cache-control': 'max-age=60', 'cache-tag': 'article-7' };

let origin: FakeOrigin;
let clock: TestClock;
let background: Background;
let cache: Cache;
let app: Hono;

beforeEach(() => {
  origin = new FakeOrigin();
  origin.answers(() => answerWith('0123456789', PAGE));
  clock = new TestClock();
  background = new Background();
  const store = new MemoryStore(1_000_000);
  cache = createCache({ store, fetch: origin.fetch, now: clock.now });
  app = new Hono();
  app.get('/own', (context) => context.text('not from the origin'));
  app.all('*', sharedCache(cache));
});

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const context = {
    waitUntil: (work: Promise<unknown>) => background.waitUntil(work),
    passThroughOnException: () => background.passThroughOnException(),
    props: {},
  };
  return Promise.resolve(app.request(`https://site.example${path}`, init, {}, context));
}

const handlingOf = async (path: string): Promise<string | null> =>
  (await ask(path)).headers.get('cache-status');

describe('the middleware', () => {
  test('answers the second reader from the store, and routes before it as ever', async () => {
    expect(await handlingOf('/page?b=2&a=1')).toContain('fwd=uri-miss; fwd-status=200');
    expect(await handlingOf('/page?b=2&a=1')).toContain('hit');
    expect(await (await ask('/own')).text()).toBe('not from the origin');
    expect(origin.paths).toEqual(['/page?b=2&a=1']);
  });

  test('makes one request of a hundred readers', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask('/page')));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(origin.asked).toHaveLength(1);
  });

  test('serves HEAD, parts and conditions from the stored whole', async () => {
    origin.answers(() => answerWith('0123456789', { ...PAGE, etag: '"1"' }));
    await ask('/page');
    const head = await ask('/page', { method: 'HEAD' });
    const part = await ask('/page', { headers: { range: 'bytes=2-4' } });
    const same = await ask('/page', { headers: { 'if-none-match': '"1"' } });
    expect([head.headers.get('content-length'), await part.text()]).toEqual(['10', '234']);
    expect([head.status, part.status, same.status]).toEqual([200, 206, 304]);
    expect(origin.asked).toHaveLength(1);
  });

  test.each([
    ['a tag', { tags: new Set(['article-7']) }],
    ['a path’s beginning', { prefix: '/pa' }],
    ['everything', { all: true }],
  ] as const)('purges by %s', async (_, selection) => {
    await ask('/page');
    expect(await cache.purge(selection, 'hard')).toBe(1);
    expect(await handlingOf('/page')).toContain('uri-miss');
  });

  test('forgets a page that was written to', async () => {
    await ask('/page');
    await ask('/page', { method: 'POST', body: 'new' });
    expect(await handlingOf('/page')).toContain('uri-miss');
  });

  test('says what an unreachable origin looks like, as it is told', async () => {
    origin.goesDown();
    expect((await ask('/page')).status).toBe(502);
    const onFailure = (): Response => new Response('back soon', { status: 503 });
    app = new Hono();
    app.all('*', sharedCache(cache, { onFailure }));
    const answer = await ask('/other');
    expect([answer.status, await answer.text()]).toEqual([503, 'back soon']);
    expect(answer.headers.get('cache-status')).toContain('detail=origin-failed');
  });

  test('gives the origin what a client sent after it was prepared, never the host', async () => {
    app = new Hono();
    const prepare = (forward: Headers): void => forward.delete('cookie');
    app.all('*', sharedCache(cache, { prepare }));
    await ask('/page', { headers: { cookie: 'a=1', 'x-kept': '1', host: 'evil.example' } });
    const sent = origin.asked[0]?.headers;
    expect(['cookie', 'host', 'x-kept'].map((name) => sent?.get(name))).toEqual([null, null, '1']);
  });
});
