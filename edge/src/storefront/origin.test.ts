import { CLIENT_ADDRESS_FIELD, CLIENT_ADDRESS_PROOF_FIELD } from '@plaudit/contract';
import { describe, expect, test } from 'vitest';
import { bodyOf } from '../cache/body.ts';
import { failureAnswer } from './failure.ts';
import { createBreaker } from './breaker.ts';
import { createOrigin, WAITS, type Waits } from './origin.ts';

const READ = { method: 'GET', headers: new Headers() };

/** Answers nothing until it is told to stop, as a server does that hangs. */
const hanging = (_url: string, { signal }: RequestInit): Promise<Response> =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('aborted')));
  });

const originOf = (
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  waits: Partial<Waits> = {},
) =>
  createOrigin({
    baseUrl: 'https://origin.example/base',
    fetch,
    breaker: createBreaker(() => 0),
    waits: { ...WAITS, read: 0, write: 0, ...waits },
  });

const textOf = (response: Response): Promise<string> => new Response(bodyOf(response)).text();

describe('asking the origin', () => {
  test('keeps what its base URL says', async () => {
    const asked: string[] = [];
    const origin = originOf(async (url) => {
      asked.push(url);
      return Response.json({});
    });
    await origin.read('/v1/x?y=1', READ);
    expect(asked).toEqual(['https://origin.example/base/v1/x?y=1']);
  });

  test.each(['read', 'proxy', 'write'] as const)(
    'proves with a %s where its client is, and changes nothing that was given',
    async (how) => {
      const sent: (string | null)[][] = [];
      const origin = createOrigin({
        baseUrl: 'https://origin.example',
        breaker: createBreaker(() => 0),
        proveAddress: async (address) => `proof of ${address}`,
        fetch: async (_url, { headers }) => {
          const fields = new Headers(headers);
          sent.push([fields.get('a'), fields.get(CLIENT_ADDRESS_PROOF_FIELD)]);
          return Response.json({});
        },
      });
      const ask = (headers: Headers) =>
        how === 'write'
          ? origin.write('/', headers, new ArrayBuffer(0))
          : origin[how]('/', { method: 'GET', headers });
      const given = new Headers({ a: 'b', [CLIENT_ADDRESS_FIELD]: '198.51.100.4' });
      await ask(given);
      await ask(new Headers({ a: 'b' }));
      expect(sent).toEqual([
        ['b', 'proof of 198.51.100.4'],
        ['b', null],
      ]);
      expect(given.has(CLIENT_ADDRESS_PROOF_FIELD)).toBe(false);
    },
  );

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
      return new Response(readable, { headers: { 'content-type': 'application/json' } });
    });
    const response = origin.read('/', READ);
    // Longer than it would have waited for the first byte.
    await new Promise((done) => setTimeout(done, 5));
    const writer = writable.getWriter();
    void writer.write(new TextEncoder().encode('late')).then(() => writer.close());
    expect([await textOf(await response), aborted]).toEqual(['late', false]);
  });

  test('gives up a body that drips without end, and lets go of it', async () => {
    let aborted = false;
    const dripping = new ReadableStream({
      async pull(controller) {
        await new Promise((done) => setTimeout(done, 1));
        controller.enqueue(new Uint8Array(1));
      },
    });
    const fetch = async (_: string, { signal }: RequestInit) => {
      signal?.addEventListener('abort', () => (aborted = true));
      return new Response(dripping);
    };
    const read = originOf(fetch, { read: 1e4, body: 20 }).read('/', READ);
    await expect(read).rejects.toMatchObject({ kind: 'timeout' });
    expect(aborted).toBe(true);
  });

  test.each([
    ['falls silent', () => undefined, 'timeout'],
    ['breaks', (body: ReadableStreamDefaultController) => body.error('cut'), 'bad-answer'],
  ])('takes a body that %s for no answer, of a write too', async (_, end, kind) => {
    const fetch = async () =>
      new Response(
        new ReadableStream({
          start(body) {
            body.enqueue(new Uint8Array(1));
            end(body);
          },
        }),
      );
    const origin = originOf(fetch, { read: 1e4, write: 1e4, chunk: 1 });
    await expect(origin.read('/', READ)).rejects.toMatchObject({ kind });
    const write = origin.write('/', new Headers(), new ArrayBuffer(0));
    await expect(write).rejects.toMatchObject({ kind });
  });

  test('takes an error for no answer when reading, and for an answer when proxying', async () => {
    const origin = originOf(async () => new Response('broken', { status: 500 }), { read: 1e4 });
    await expect(origin.read('/', READ)).rejects.toMatchObject({ kind: 'bad-answer' });
    expect((await origin.proxy('/', READ)).status).toBe(500);
  });

  test('never follows a redirect', async () => {
    const origin = originOf(async (_, { redirect }) => Response.json(redirect), { read: 1e4 });
    expect(await textOf(await origin.read('/', READ))).toBe('"manual"');
  });
});

test('what nobody expected is a 502', () => {
  expect(failureAnswer(new TypeError('surprise')).status).toBe(502);
});
