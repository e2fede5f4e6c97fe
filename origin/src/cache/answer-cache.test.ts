import { createClient } from '@redis/client';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hasRedis, REDIS_URL } from '../../test/redis.ts';
import { startTcpProxy, type TcpProxy } from '../../test/tcp-proxy.ts';
import { createAnswerCache, type AnswerCache } from './answer-cache.ts';
import type { CacheStore } from './cache-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { openRedisStore, type RedisStore } from './redis-store.ts';

// One file for all of it: a full Redis is full for every test that runs beside.

const opened: RedisStore[] = [];

async function openRedis(): Promise<CacheStore> {
  const prefix = `test:${crypto.randomUUID()}:`;
  const store = openRedisStore({ url: REDIS_URL, now: Date.now, prefix });
  opened.push(store);
  await store.ready;
  return store;
}

afterAll(() => {
  for (const store of opened) store.close();
});

const stores: [string, boolean, () => Promise<CacheStore>][] = [
  ['memory', true, () => Promise.resolve(createMemoryStore())],
  ['Redis', hasRedis, openRedis],
];

describe.each(stores)('answers in %s', (_name, isThere, open) => {
  let store: CacheStore;
  let cache: AnswerCache;
  let made: number;

  const make = (): Promise<string> => Promise.resolve(`answer ${++made}`);
  const read = (key = '/a', tags = ['product:1']) => cache.read(key, tags, make);

  beforeEach(async () => {
    if (!isThere) return;
    store = await open();
    cache = createAnswerCache(store);
    made = 0;
  });

  test.skipIf(!isThere)('are made once', async () => {
    expect(await read()).toBe('answer 1');
    await expect.poll(async () => (await store.read('/a', ['product:1'])).answer).toBeDefined();
    expect(await read()).toBe('answer 1');
    expect(await read('/b')).toBe('answer 2');
  });

  test.skipIf(!isThere)('are made once for a thousand who ask at the same time', async () => {
    const slow = Promise.withResolvers<string>();
    const answers = Array.from({ length: 1000 }, () =>
      cache.read('/a', ['product:1'], () => {
        made++;
        return slow.promise;
      }),
    );
    await expect.poll(() => made).toBe(1);
    slow.resolve('one');
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['one']));
    expect(made).toBe(1);
  });

  test.skipIf(!isThere)('are forgotten by any of their tags', async () => {
    await read('/a', ['shop:1', 'product:1']);
    await read('/b', ['shop:1', 'product:2']);
    await cache.forget(['product:1']);
    expect(await read('/a', ['shop:1', 'product:1'])).toBe('answer 3');
    await expect.poll(async () => read('/b', ['shop:1', 'product:2'])).toBe('answer 2');
  });

  test.skipIf(!isThere)('begun before a purge are not kept, and not joined after it', async () => {
    const old = Promise.withResolvers<string>();
    const first = cache.read('/a', ['product:1'], () => {
      made++;
      return old.promise;
    });
    await expect.poll(() => made).toBe(1);
    await cache.forget(['product:1']);
    expect(await read()).toBe('answer 2');
    old.resolve('old');
    expect(await first).toBe('old');
    expect(await read()).not.toBe('old');
  });

  test.skipIf(!isThere)('that fail are not kept, and everyone hears why', async () => {
    const failing = () => Promise.reject(new Error('no database'));
    await expect(cache.read('/a', [], failing)).rejects.toThrow('no database');
    expect(await read('/a', [])).toBe('answer 1');
  });

  test.skipIf(!isThere)('may hold any text', async () => {
    const text = '{"body":"one\\ntwo\n\u2028😀"}\n\n';
    await cache.read('/t', ['a', 'b'], () => Promise.resolve(text));
    await expect.poll(async () => (await store.read('/t', ['a', 'b'])).answer?.text).toBe(text);
  });
});

test.skipIf(!hasRedis)('what one process forgets, every process has forgotten', async () => {
  const prefix = `test:${crypto.randomUUID()}:`;
  const [a, b] = [1, 2].map(() => openRedisStore({ url: REDIS_URL, now: Date.now, prefix }));
  if (!a || !b) throw new Error('two stores');
  opened.push(a, b);
  await Promise.all([a.ready, b.ready]);
  const [one, two] = [createAnswerCache(a), createAnswerCache(b)];
  await one.read('/a', ['t'], () => Promise.resolve('old'));
  await expect.poll(async () => two.read('/a', ['t'], () => Promise.resolve('own'))).toBe('old');
  await two.forget(['t']);
  expect(await one.read('/a', ['t'], () => Promise.resolve('new'))).toBe('new');
});

test.skipIf(!hasRedis)('a Redis that was emptied is filled again', async () => {
  const prefix = `test:${crypto.randomUUID()}:`;
  const store = openRedisStore({ url: REDIS_URL, now: Date.now, prefix });
  opened.push(store);
  await store.ready;
  const cache = createAnswerCache(store);
  await cache.read('/a', ['t'], () => Promise.resolve('old'));
  const client = createClient({ url: REDIS_URL });
  await client.connect();
  for await (const keys of client.scanIterator({ MATCH: `${prefix}*` })) {
    if (keys.length > 0) await client.del(keys);
  }
  client.destroy();
  expect(await cache.read('/a', ['t'], () => Promise.resolve('new'))).toBe('new');
});

/** No request may wait longer for Redis, in milliseconds. */
const WAIT_MAX_MS = 500;

describe.skipIf(!hasRedis)('while Redis', () => {
  let proxy: TcpProxy;
  let store: RedisStore;
  let cache: AnswerCache;
  let failures: number;
  let made: number;
  let nowMs: number;

  const read = () => cache.read('/a', ['t'], () => Promise.resolve(`answer ${++made}`));

  async function readInTime(): Promise<string> {
    const startedAt = performance.now();
    const answer = await read();
    expect(performance.now() - startedAt).toBeLessThan(WAIT_MAX_MS);
    return answer;
  }

  beforeEach(async () => {
    const { port, pathname } = new URL(REDIS_URL);
    proxy = await startTcpProxy(Number(port || 6379));
    [failures, made, nowMs] = [0, 0, 0];
    store = openRedisStore({
      url: `redis://127.0.0.1:${proxy.port}${pathname}`,
      now: () => nowMs,
      onFailure: () => failures++,
      prefix: `test:${crypto.randomUUID()}:`,
    });
    await store.ready;
    cache = createAnswerCache(store);
    await read();
    await vi.waitUntil(async () => (await store.read('/a', ['t'])).answer);
  });

  afterEach(async () => {
    store.close();
    await proxy.cut();
  });

  test('is gone, every request is answered without it, and once it is back with it', async () => {
    await proxy.cut();
    for (let count = 0; count < 20; count++) await readInTime();
    expect(made).toBe(21);
    expect(failures).toBe(1);
    await expect(cache.forget(['t'])).rejects.toThrow(/Redis|closed|connect/i);
    await proxy.mend();
    await expect
      .poll(
        async () => {
          nowMs += 2_000;
          return read();
        },
        { timeout: 5_000 },
      )
      .toBe('answer 1');
  });

  test('is frozen, the first request waits a little and the others not at all', async () => {
    proxy.freeze();
    await readInTime();
    const startedAt = performance.now();
    for (let count = 0; count < 100; count++) await read();
    expect(performance.now() - startedAt).toBeLessThan(WAIT_MAX_MS);
    expect(made).toBe(102);
    expect(failures).toBe(1);
    proxy.thaw();
    await expect
      .poll(
        async () => {
          nowMs += 2_000;
          return read();
        },
        { timeout: 5_000 },
      )
      .toBe('answer 1');
  });
});

test.skipIf(!hasRedis)(
  'a Redis that is full costs nothing but the answer it cannot keep',
  async () => {
    const store = openRedisStore({
      url: REDIS_URL,
      now: Date.now,
      prefix: `test:${crypto.randomUUID()}:`,
    });
    await store.ready;
    const admin = createClient({ url: REDIS_URL });
    await admin.connect();
    const { maxmemory = '0' } = await admin.configGet('maxmemory');
    const { 'maxmemory-policy': policy = 'noeviction' } = await admin.configGet('maxmemory-policy');
    try {
      await admin.configSet({ maxmemory: '1', 'maxmemory-policy': 'noeviction' });
      const cache = createAnswerCache(store);
      expect(await cache.read('/a', ['t'], () => Promise.resolve('one'))).toBe('one');
      await expect(cache.forget(['t'])).rejects.toThrow(/OOM|failed/);
      expect(await cache.read('/a', ['t'], () => Promise.resolve('two'))).toBe('two');
    } finally {
      await admin.configSet({ maxmemory, 'maxmemory-policy': policy });
      admin.destroy();
      store.close();
    }
  },
);
