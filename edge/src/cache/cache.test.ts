import { beforeEach, describe, expect, test } from 'vitest';
import { Background } from '../../test/background.ts';
import { answerWith, FakeOrigin } from '../../test/fake-origin.ts';
import { TestClock } from '../../test/test-clock.ts';
import { MemoryStore } from '../store/memory.ts';
import { createCache, deliver, type Cache, type CachePolicy } from './index.ts';

const CACHED = { 'cache-control': 'max-age=60, stale-while-revalidate=600, stale-if-error=86400' };

let origin: FakeOrigin;
let clock: TestClock;
let background: Background;
let cache: Cache;

function makeCache(policy: Partial<CachePolicy> = {}): Cache {
  const store = new MemoryStore(1_000_000);
  return createCache({ store, fetch: origin.fetch, now: clock.now, policy });
}

async function get(key = '/a', headers: Record<string, string> = {}): Promise<Response> {
  const client = new Headers(headers);
  const request = { method: 'GET', url: key, key, client, forward: client };
  const outcome = await cache.resolve(request, background);
  return deliver(cache, outcome, request, () => new Response('failed', { status: 503 }));
}

async function textOf(response: Response | Promise<Response>): Promise<string> {
  return (await response).text();
}

const statusOf = (response: Response): string | null => response.headers.get('cache-status');
const tags = (...names: string[]) => ({ tags: new Set(names) });

beforeEach(() => {
  origin = new FakeOrigin();
  clock = new TestClock();
  background = new Background();
  cache = makeCache();
});

describe('a miss', () => {
  test('asks the origin, stores the answer and says so', async () => {
    origin.answers(() => answerWith('one', CACHED));
    const response = await get();
    expect(await response.text()).toBe('one');
    expect(statusOf(response)).toBe('Plaudit; fwd=uri-miss; fwd-status=200; ttl=60; stored');
  });

  test('leaves out of the question what a client asks of its own copy', async () => {
    origin.answers(() => answerWith('one', { ...CACHED, etag: '"1"' }));
    const response = await get('/a', { 'if-none-match': '"1"', range: 'bytes=0-0' });
    expect(response.status).toBe(304);
    expect(origin.asked[0]?.headers.has('if-none-match')).toBe(false);
    expect(origin.asked[0]?.headers.has('range')).toBe(false);
    expect(await textOf(get())).toBe('one');
  });

  test('is not stored without explicit permission', async () => {
    origin.answers(() => answerWith('one', { 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }));
    expect(statusOf(await get())).toBe('Plaudit; fwd=uri-miss; detail=not-explicit');
    await get();
    expect(origin.asked).toHaveLength(2);
  });

  test.each([
    ['private', { 'cache-control': 'private, max-age=60' }],
    ['no-store', { 'cache-control': 'max-age=60, no-store' }],
    ['a cookie', { ...CACHED, 'set-cookie': 'session=1' }],
    ['Vary: *', { ...CACHED, vary: '*' }],
  ])('is never stored with %s', async (_, fields) => {
    origin.answers(() => answerWith('one', fields));
    await get();
    await get();
    expect(origin.asked).toHaveLength(2);
  });

  test('is not stored for a request with credentials', async () => {
    origin.answers(() => answerWith('one', CACHED));
    await get('/a', { authorization: 'Bearer secret' });
    await get();
    expect(origin.asked).toHaveLength(2);
  });
});

describe('a hit', () => {
  test('answers without the origin and says how old the answer is', async () => {
    origin.answers(() => answerWith('one', CACHED));
    await get();
    clock.passes(10);
    const response = await get();
    expect(await response.text()).toBe('one');
    expect(response.headers.get('age')).toBe('10');
    expect(statusOf(response)).toBe('Plaudit; hit; ttl=50');
    expect(origin.asked).toHaveLength(1);
  });

  test('is an outcome at once, without a turn of the event loop', async () => {
    origin.answers(() => answerWith('one', CACHED));
    await get();
    const client = new Headers();
    const request = { method: 'GET', url: '/a', key: '/a', client, forward: client };
    expect(cache.resolve(request, background)).toMatchObject({ handling: { hit: true } });
  });

  test('answers 304 when the client has the answer already', async () => {
    origin.answers(() => answerWith('one', { ...CACHED, etag: 'W/"1"' }));
    await get();
    const response = await get('/a', { 'if-none-match': '"0", "1"' });
    expect(response.status).toBe(304);
    expect(response.headers.get('etag')).toBe('W/"1"');
    expect(response.headers.has('content-type')).toBe(false);
  });

  test('goes by the targeted field, whatever Cache-Control says', async () => {
    const fields = { 'cdn-cache-control': 'max-age=600', 'cache-control': 'no-store' };
    origin.answers(() => answerWith('one', fields));
    await get();
    clock.passes(599);
    expect(statusOf(await get())).toBe('Plaudit; hit; ttl=1');
  });

  test('keeps variants apart', async () => {
    origin.answers(({ headers }) =>
      answerWith(headers.get('accept-language') ?? '', { ...CACHED, vary: 'Accept-Language' }),
    );
    await get('/a', { 'accept-language': 'de' });
    expect(statusOf(await get('/a', { 'accept-language': 'fr' }))).toContain('fwd=vary-miss');
    expect(await textOf(get('/a', { 'accept-language': 'de' }))).toBe('de');
    expect(await textOf(get('/a', { 'accept-language': 'fr' }))).toBe('fr');
    expect(origin.asked).toHaveLength(2);
  });
});

describe('a stale answer', () => {
  beforeEach(async () => {
    origin.answers(() => answerWith('old', { ...CACHED, etag: '"old"' }));
    await get();
    clock.passes(61);
  });

  test('is served while one request fetches the new one', async () => {
    const held = origin.holds(() => answerWith('new', CACHED));
    const responses = await Promise.all(Array.from({ length: 100 }, () => textOf(get())));
    expect(new Set(responses)).toEqual(new Set(['old']));
    held.open();
    await background.settled();
    expect(await textOf(get())).toBe('new');
    expect(origin.asked).toHaveLength(2);
  });

  test('is renewed by a 304, without its body being sent again', async () => {
    origin.answers(({ headers }) =>
      headers.get('if-none-match') === '"old"'
        ? new Response(null, { status: 304, headers: { 'cache-control': 'max-age=90' } })
        : answerWith('not asked well', CACHED),
    );
    await get();
    await background.settled();
    const response = await get();
    expect(await response.text()).toBe('old');
    expect(statusOf(response)).toBe('Plaudit; hit; ttl=90');
  });

  test.each([
    ['a cookie', { ...CACHED, 'set-cookie': 'session=1' }],
    ['private', { 'cache-control': 'private, max-age=60' }],
  ])('is shared no more once a 304 comes with %s', async (_, fields) => {
    clock.passes(3600);
    origin.answers(() => new Response(null, { status: 304, headers: fields }));
    const first = await get();
    expect([first.status, await first.text()]).toEqual([200, 'old']);
    origin.answers(() => answerWith('new', CACHED));
    const second = await get();
    expect(await second.text()).toBe('new');
    expect(second.headers.has('set-cookie')).toBe(false);
  });

  test('stands in for an origin that fails, long after its time', async () => {
    clock.passes(3600);
    origin.goesDown();
    const response = await get();
    expect(await response.text()).toBe('old');
    expect(statusOf(response)).toBe('Plaudit; hit; ttl=-3601; detail=origin-failed');
  });

  test('stands in for an origin that is slow, which goes on to bring the new one', async () => {
    cache = makeCache({ staleWaitMs: 0 });
    origin.answers(() => answerWith('old', CACHED));
    await get();
    clock.passes(3600);
    const held = origin.holds(() => answerWith('new', CACHED));
    const response = await get();
    expect(statusOf(response)).toContain('detail=origin-slow');
    // The next one does not wait at all.
    expect(statusOf(await get())).toBe('Plaudit; hit; ttl=-3540');
    expect(await response.text()).toBe('old');
    held.open();
    await background.settled();
    expect(await textOf(get())).toBe('new');
  });

  test('stands in for an answer that is an error', async () => {
    clock.passes(3600);
    origin.answers(() => answerWith('broken', {}, 500));
    expect(await textOf(get())).toBe('old');
  });

  test('spares a dead origin: it is asked again only after a while', async () => {
    clock.passes(3600);
    origin.goesDown();
    await get();
    await get();
    expect(origin.asked).toHaveLength(2);
    clock.passes(6);
    await get();
    expect(origin.asked).toHaveLength(3);
  });

  test('is not served when it forbids that', async () => {
    origin.answers(() =>
      answerWith('strict', {
        'cache-control': 'max-age=60, must-revalidate, stale-if-error=99999',
      }),
    );
    await get('/strict');
    clock.passes(61);
    origin.goesDown();
    expect((await get('/strict')).status).toBe(503);
  });
});

describe('collapsing', () => {
  test('makes one request of a hundred for a cold key', async () => {
    const held = origin.holds(() => answerWith('one', CACHED));
    const responses = Array.from({ length: 100 }, () => get());
    held.open();
    const statuses = (await Promise.all(responses)).map(statusOf);
    expect(origin.asked).toHaveLength(1);
    expect(statuses.filter((status) => status?.includes('collapsed'))).toHaveLength(99);
  });

  test('sends everyone on at once when the answer cannot be shared', async () => {
    const held = origin.holds(() => answerWith('mine', { 'cache-control': 'private' }));
    const responses = Array.from({ length: 10 }, () => textOf(get()));
    held.open();
    expect(await Promise.all(responses)).toEqual(Array.from({ length: 10 }, () => 'mine'));
    expect(origin.asked).toHaveLength(10);
  });

  test('gives everyone who waited the failure, and asks a dead origin once', async () => {
    const held = origin.holds(() => Promise.reject(new Error('reset')));
    const responses = Array.from({ length: 10 }, () => get());
    held.open();
    const statuses = (await Promise.all(responses)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect(origin.asked).toHaveLength(1);
  });

  test('does not wait for ever for a request that never ends', async () => {
    cache = makeCache({ collapseWaitMs: 0 });
    origin.holds(() => answerWith('never', CACHED));
    const stuck = get();
    await Promise.resolve();
    origin.answers(() => answerWith('one', CACHED));
    expect(await textOf(get())).toBe('one');
    expect(await textOf(get())).toBe('one');
    expect(origin.asked).toHaveLength(2);
    stuck.catch(() => undefined);
  });

  test('does not hand an answer to a request that it was not selected for', async () => {
    const held = origin.holds(({ headers }) =>
      answerWith(headers.get('accept-language') ?? '', { ...CACHED, vary: 'Accept-Language' }),
    );
    const responses = ['de', 'fr'].map((language) =>
      textOf(get('/a', { 'accept-language': language })),
    );
    held.open();
    expect(await Promise.all(responses)).toEqual(['de', 'fr']);
  });
});

describe('a purge', () => {
  const TAGGED = { ...CACHED, 'cache-tag': 'Shop:1, product:1' };

  test('by tag leaves everything else alone', async () => {
    origin.answers(({ path }) => answerWith(path, { ...CACHED, 'cache-tag': `page:${path}` }));
    await get('/a');
    await get('/b');
    expect(await cache.purge(tags('page:/a'), 'hard')).toBe(1);
    expect(statusOf(await get('/a'))).toContain('fwd=uri-miss');
    expect(statusOf(await get('/b'))).toContain('hit');
  });

  test('by path prefix, or of everything, works too', async () => {
    origin.answers(({ path }) => answerWith(path, CACHED));
    await Promise.all(['/a/1', '/a/2', '/b'].map((path) => get(path)));
    expect(await cache.purge({ prefix: '/a/' }, 'hard')).toBe(2);
    expect(await cache.purge({ all: true }, 'hard')).toBe(1);
  });

  test('that is soft shows the first reader the new answer when the origin is quick', async () => {
    origin.answers(() => answerWith('old', TAGGED));
    await get();
    await cache.purge(tags('shop:1'), 'soft');
    origin.answers(() => answerWith('new', TAGGED));
    expect(await textOf(get())).toBe('new');
    expect(origin.asked).toHaveLength(2);
  });

  test('that is soft keeps the old answer for readers of a slow origin', async () => {
    cache = makeCache({ staleWaitMs: 0 });
    origin.answers(() => answerWith('old', TAGGED));
    await get();
    await cache.purge(tags('shop:1'), 'soft');
    const held = origin.holds(() => answerWith('new', TAGGED));
    expect(await Promise.all([textOf(get()), textOf(get())])).toEqual(['old', 'old']);
    held.open();
    await background.settled();
    expect(await textOf(get())).toBe('new');
    expect(origin.asked).toHaveLength(2);
  });

  test('that is soft makes nobody wait who takes the old answer', async () => {
    origin.answers(() => answerWith('one', { ...CACHED, 'cache-tag': 'shop:1' }));
    await get();
    await cache.purge(tags('shop:1'), 'soft');
    origin.answers(() => new Promise(() => {}));
    const client = new Headers();
    const request = { method: 'GET', url: '/a', key: '/a', client, forward: client };
    const outcome = await cache.resolve({ ...request, takesPurged: true }, background);
    expect(outcome.handling.hit).toBe(true);
    expect(origin.asked).toHaveLength(2);
  });

  test('that is soft leaves the old answer to stand in for a dead origin', async () => {
    origin.answers(() => answerWith('old', TAGGED));
    await get();
    await cache.purge(tags('shop:1'), 'soft');
    origin.goesDown();
    expect(await textOf(get())).toBe('old');
  });

  test('is proof that the origin works again', async () => {
    origin.answers(() => answerWith('old', TAGGED));
    await get();
    clock.passes(61);
    origin.goesDown();
    await get();
    await background.settled();
    origin.answers(() => answerWith('new', TAGGED));
    await cache.purge(tags('shop:1'), 'soft');
    expect(await textOf(get())).toBe('new');
  });

  test('that is hard leaves nothing, not even for a dead origin', async () => {
    origin.answers(() => answerWith('old', TAGGED));
    await get();
    clock.passes(3600);
    const held = origin.holds(() => Promise.reject(new Error('reset')));
    const reader = get();
    await cache.purge(tags('shop:1'), 'hard');
    held.open();
    expect((await reader).status).toBe(503);
  });

  test('keeps a fetch that began before it from being stored, and from being joined', async () => {
    const before = origin.holds(() => answerWith('old', TAGGED));
    const early = textOf(get());
    await cache.purge(tags('product:1'), 'soft');
    const after = origin.holds(() => answerWith('new', TAGGED));
    const late = textOf(get());
    before.open();
    expect(await early).toBe('old');
    after.open();
    expect(await late).toBe('new');
    expect(await textOf(get())).toBe('new');
    expect(origin.asked).toHaveLength(2);
  });

  test('keeps a background refresh that began before it from being stored', async () => {
    origin.answers(() => answerWith('old', TAGGED));
    await get();
    clock.passes(61);
    const before = origin.holds(() => answerWith('older than the purge', TAGGED));
    await get();
    await cache.purge(tags('product:1'), 'soft');
    before.open();
    await background.settled();
    origin.answers(() => answerWith('new', TAGGED));
    expect(await textOf(get())).toBe('new');
  });

  test('keeps a body that is still arriving from being stored', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    origin.answers(() => new Response(readable, { headers: TAGGED }));
    const early = textOf(get());
    await writer.write(new TextEncoder().encode('half'));
    await cache.purge(tags('product:1'), 'hard');
    await writer.close();
    expect(await early).toBe('half');
    origin.answers(() => answerWith('new', TAGGED));
    expect(await textOf(get())).toBe('new');
  });
});

describe('a body', () => {
  test('that is cut short is not stored', async () => {
    const broken = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.error(new Error('cut')),
      });
    origin.answers(() => new Response(broken(), { headers: CACHED }));
    expect((await get()).status).toBe(503);
    origin.answers(() => answerWith('whole', CACHED));
    expect(await textOf(get())).toBe('whole');
  });

  test('that stops arriving is given up', async () => {
    cache = makeCache({ chunkWaitMs: 0 });
    origin.answers(
      () => new Response(new ReadableStream({ start: () => undefined }), { headers: CACHED }),
    );
    expect((await get()).status).toBe(503);
  });

  test('above the limit is passed through whole, not stored', async () => {
    cache = makeCache({ bodyLimitBytes: 10 });
    origin.answers(() => answerWith('more than ten bytes', CACHED));
    const response = await get();
    expect(await response.text()).toBe('more than ten bytes');
    expect(statusOf(response)).toBe('Plaudit; fwd=uri-miss; detail=too-large');
    await get();
    expect(origin.asked).toHaveLength(2);
  });
});

describe('a long body', () => {
  const LONG = { ...CACHED, 'cache-tag': 'long' };
  let writer: WritableStreamDefaultWriter<Uint8Array>;
  const write = (text: string) => writer.write(new TextEncoder().encode(text));

  /** Answers once with a body that the test writes. */
  function arrives(): void {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    writer = writable.getWriter();
    origin.answers(() => {
      origin.answers(() => answerWith('another', CACHED));
      return new Response(readable, { headers: LONG });
    });
  }

  beforeEach(() => {
    cache = makeCache({ streamedFromBytes: 4, bodyLimitBytes: 40 });
    arrives();
  });

  test('is sent while it arrives, and stored when all of it is there', async () => {
    const first = get();
    await write('begun,');
    const response = await first;
    expect(statusOf(response)).toBe('Plaudit; fwd=uri-miss; detail=streamed');
    const text = response.text();
    await write(' done');
    await writer.close();
    expect(await text).toBe('begun, done');
    await background.settled();
    const second = await get();
    expect(await second.text()).toBe('begun, done');
    expect(statusOf(second)).toBe('Plaudit; hit; ttl=60');
  });

  test('goes on to the store when the client leaves', async () => {
    const first = get();
    await write('begun,');
    await (await first).body?.cancel();
    await write(' done');
    await writer.close();
    await background.settled();
    expect(await textOf(get())).toBe('begun, done');
    expect(origin.asked).toHaveLength(1);
  });

  test('is one request for all who ask meanwhile', async () => {
    const first = get();
    await write('begun,');
    const text = (await first).text();
    const others = Array.from({ length: 10 }, () => textOf(get()));
    await write(' done');
    await writer.close();
    expect(await Promise.all([text, ...others])).toEqual(Array(11).fill('begun, done'));
    expect(origin.asked).toHaveLength(1);
  });

  test('that is cut short is cut for its client, and stored for nobody', async () => {
    const first = get();
    await write('begun,');
    const text = (await first).text();
    await Promise.all([writer.abort(new Error('cut')), expect(text).rejects.toThrow('cut')]);
    await background.settled();
    expect(await textOf(get())).toBe('another');
  });

  test('that stops arriving is cut for its client', async () => {
    cache = makeCache({ streamedFromBytes: 4, chunkWaitMs: 1 });
    const endless = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('begun,')),
    });
    origin.answers(() => new Response(endless, { headers: LONG }));
    await expect(textOf(get())).rejects.toThrow('no byte for');
    await background.settled();
  });

  test('that a purge was about meanwhile is not stored', async () => {
    const first = get();
    await write('begun,');
    const text = (await first).text();
    await cache.purge(tags('long'), 'soft');
    await write(' done');
    await writer.close();
    expect(await text).toBe('begun, done');
    await background.settled();
    expect(await textOf(get())).toBe('another');
  });

  test('that turns out longer than the limit is passed on whole, and stored for nobody', async () => {
    const first = get();
    await write('begun,');
    const text = (await first).text();
    const long = 'x'.repeat(50);
    await write(long);
    await writer.close();
    expect(await text).toBe(`begun,${long}`);
    await background.settled();
    expect(await textOf(get())).toBe('another');
  });

  test('is waited for by who wants a part of it', async () => {
    const first = get('/a', { range: 'bytes=0-4' });
    await write('begun,');
    await writer.close();
    const response = await first;
    expect(response.status).toBe(206);
    expect(await response.text()).toBe('begun');
  });

  test('is waited for where there is an old one to fall back on', async () => {
    origin.answers(() => answerWith('old', { 'cache-control': 'max-age=1, stale-if-error=60' }));
    await get();
    clock.passes(2);
    arrives();
    const second = get();
    await write('begun,');
    await writer.abort(new Error('cut'));
    expect(await textOf(second)).toBe('old');
  });
});

test('other methods pass through', async () => {
  origin.answers(() => answerWith('done', CACHED));
  const client = new Headers();
  const request = { method: 'POST', url: '/a', key: '/a', client, forward: client };
  const outcome = await cache.resolve(request, background);
  expect(outcome.handling).toEqual({ fwd: 'method' });
  expect(statusOf(await get())).toContain('uri-miss');
});

describe('a client that is refused', () => {
  const tooOften = { 'x-too-often': '1' };

  beforeEach(() => {
    origin.answers(() => answerWith('one', CACHED));
    cache = createCache({
      store: new MemoryStore(1_000_000),
      fetch: origin.fetch,
      now: clock.now,
      refuse: ({ client }) => (client.has('x-too-often') ? new Error('too often') : undefined),
    });
  });

  test('gets nothing of the origin, and leaves nothing for others', async () => {
    const response = await get('/a', tooOften);
    expect([response.status, statusOf(response)]).toEqual([503, 'Plaudit; detail=refused']);
    expect(origin.asked).toHaveLength(0);
    expect(await textOf(get())).toBe('one');
  });

  test('still gets what is stored, stale too, and what another is fetching', async () => {
    const held = origin.holds(() => answerWith('one', CACHED));
    const theirs = get();
    const mine = get('/a', tooOften);
    held.open();
    expect([await textOf(theirs), await textOf(mine)]).toEqual(['one', 'one']);
    clock.passes(61);
    expect(await textOf(get('/a', tooOften))).toBe('one');
    await background.settled();
    expect(origin.asked).toHaveLength(2);
  });
});
