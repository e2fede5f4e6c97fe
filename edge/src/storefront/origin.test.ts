import { describe, expect, test } from 'vitest';
import { failureAnswer } from './failure.ts';
import { createOrigin, type Waits } from './origin.ts';

const READ = { method: 'GET', headers: new Headers() };

/** Answers nothing until it is told to stop, as a server does that hangs. */
const hanging = (_url: string, { signal }: RequestInit): Promise<Response> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });

const originOf = (
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  waits: Waits = { read: 0, write: 0 },
) => createOrigin('https://origin.example/base', fetch, waits);

describe('asking the origin', () => {
  test('keeps what its base URL says', async () => {
    const asked: string[] = [];
    const origin = originOf(async (url) => {
      asked.push(url);
      return new Response();
    });
    await origin.read('/v1/x?y=1', READ);
    expect(asked).toEqual(['https://origin.example/base/v1/x?y=1']);
  });

  test.each(['read', 'proxy'] as const)('gives up a %s that hangs', async (how) => {
    await expect(originOf(hanging)[how]('/', READ)).rejects.toMatchObject({ kind: 'timeout' });
  });

  test('gives up a write that hangs', async () => {
    const write = originOf(hanging).write('/', new Headers(), new ArrayBuffer(0));
    await expect(write).rejects.toMatchObject({ kind: 'timeout' });
  });

  test('lets a body take its time once it has begun', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    let aborted = false;
    const origin = originOf(async (_, { signal }) => {
      signal?.addEventListener('abort', () => (aborted = true));
      return new Response(readable);
    });
    const response = await origin.read('/', READ);
    // Longer than it would have waited for the first byte.
    await new Promise((done) => setTimeout(done, 5));
    const writer = writable.getWriter();
    void writer.write(new TextEncoder().encode('late')).then(() => writer.close());
    expect([await response.text(), aborted]).toEqual(['late', false]);
  });

  test('takes an error for no answer when reading, and for an answer when proxying', async () => {
    const origin = originOf(async () => new Response('broken', { status: 500 }), {
      read: 1e4,
      write: 1e4,
    });
    await expect(origin.read('/', READ)).rejects.toMatchObject({ kind: 'bad-answer' });
    expect((await origin.proxy('/', READ)).status).toBe(500);
  });

  test('never follows a redirect', async () => {
    const origin = originOf(async (_, { redirect }) => new Response(redirect), {
      read: 1e4,
      write: 1e4,
    });
    expect(await (await origin.read('/', READ)).text()).toBe('manual');
  });
});

test('what nobody expected is a 502', () => {
  expect(failureAnswer(new TypeError('surprise')).status).toBe(502);
});
