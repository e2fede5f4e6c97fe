/** The shipped Worker on plain workerd, with a real origin that fails on a real socket. */
import type { Socket } from 'node:net';
import { signPurge } from '@plaudit/contract';
import { describe, expect, inject, test } from 'vitest';
import { startEdge, type Edge } from '../serve/start-edge.mjs';
import { drips, FaultyOrigin, good, hangs, resets, says, type Fault } from './faulty-origin.ts';
import { get, type Answered } from './wire.ts';

const SECRET = 'a secret';
/** Longer than every wait of the edge together. */
const PATIENCE_MS = 40_000;

interface Line {
  edge: Edge;
  origin: FaultyOrigin;
}

/** An edge and an origin of a test's own, ended with it. */
async function withLine(
  work: (line: Line) => Promise<void>,
  { proxy = false } = {},
): Promise<void> {
  const origin = await FaultyOrigin.start();
  try {
    const distDir = inject('distDir');
    const options = { origin: origin.url, purgeSecret: SECRET, memory: '8MB', proxy, distDir };
    const edge = await startEdge(options);
    try {
      await work({ edge, origin });
    } finally {
      await edge.stop();
    }
  } finally {
    await origin.stops();
  }
}

const JSON_TYPE = 'content-type: application/json\r\n';

const page = ({ edge }: Line, name: number | string): string =>
  `${edge.url}/v1/shops/demo/products/${name}/reviews`;

async function send(line: Line): Promise<Answered> {
  const response = await fetch(page(line, 'sent'), { method: 'POST', body: '{}' });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), bytes };
}

async function purge({ edge }: Line, mode: 'soft' | 'hard'): Promise<void> {
  // The id makes two purges of one second two.
  const body = JSON.stringify({ tags: ['everything'], mode, id: crypto.randomUUID() });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = await signPurge(SECRET, timestamp, body);
  const headers = { 'plaudit-timestamp': timestamp, 'plaudit-signature': signature };
  const { status } = await fetch(`${edge.url}/purge`, { method: 'POST', body, headers });
  expect(status).toBe(200);
}

function expectProblem({ status, headers, bytes }: Answered, expected: number): void {
  expect(status).toBe(expected);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['retry-after']).toMatch(/^\d+$/);
  expect(JSON.parse(bytes.toString())).toMatchObject({ status: expected });
}

/** Keeps the line, as an origin does: one that is hung up on could have been picked for the next. */
const answersWith = (status: number): Fault =>
  says(`HTTP/1.1 ${status} X\r\ncontent-length: 5\r\n\r\ntrace`, false);

const OK = 'HTTP/1.1 200 OK\r\ncdn-cache-control: max-age=60\r\n';

describe('an origin that', () => {
  test.concurrent.each<[string, Fault, number]>([
    ['resets the connection', resets, 503],
    ['hangs up without a word', says(''), 503],
    ['answers 500', answersWith(500), 502],
    ['answers 503', answersWith(503), 503],
    ['answers 504', answersWith(504), 504],
    ['cuts the head', says(OK), 503],
    ['cuts the body', says(`${OK}content-length: 1000\r\n\r\nhalf`), 502],
    ['cuts a chunk', says(`${OK}transfer-encoding: chunked\r\n\r\nff\r\nhalf`), 502],
    [
      'cuts before the last chunk',
      says(`${OK}transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n`),
      502,
    ],
    ['has a chunk of no size', says(`${OK}transfer-encoding: chunked\r\n\r\nzz\r\nhalf\r\n`), 502],
    ['speaks something else', says('220 mail.example ESMTP\r\n\r\n'), 503],
    ['has a status of letters', says('HTTP/1.1 abc OK\r\n\r\n'), 503],
    ['has a field without a colon', says(`${OK}no colon\r\ncontent-length: 2\r\n\r\n{}`), 503],
    ['has a field name with a space', says(`${OK}bad name: x\r\ncontent-length: 2\r\n\r\n{}`), 503],
    ['has a NUL in a field', says(`${OK}x: a\0b\r\ncontent-length: 2\r\n\r\n{}`), 503],
    ['has a length of letters', says(`${OK}content-length: many\r\n\r\n{}`), 503],
    ['has a negative length', says(`${OK}content-length: -1\r\n\r\n{}`), 503],
    ['hangs', hangs, 504],
    ['hangs in the head', says(OK, false), 504],
    ['hangs in the body', says(`${OK}content-length: 1000\r\n\r\nhalf`, false), 504],
    ['drips its body', drips(200), 504],
  ])(
    '%s is a problem document to readers and writers, and takes nothing away',
    async (_, fault, status) => {
      await withLine(async (line) => {
        await get(page(line, 'kept'));
        line.origin.fault = fault;
        const [unread, sent, kept] = await Promise.all([
          get(page(line, 'unread')),
          send(line),
          get(page(line, 'kept')),
        ]);
        expectProblem(unread, status);
        expectProblem(sent, status);
        expect([kept.status, kept.headers['cache-status']?.includes('hit')]).toEqual([200, true]);
        line.origin.fault = good;
        expect((await get(page(line, 'unread'))).status).toBe(200);
      });
    },
    PATIENCE_MS,
  );
});

test.concurrent('300 KB of fields stay between origin and edge', () =>
  withLine(async (line) => {
    const large = `${JSON_TYPE}x: ${'y'.repeat(300_000)}\r\ncontent-length: 2\r\n\r\n{}`;
    line.origin.fault = says(`${OK}${large}`);
    const { status, headers } = await get(page(line, 'large'));
    expect([status, headers['x']]).toEqual([200, undefined]);
  }));

test.concurrent('an origin that is refused now and then takes nothing away', () =>
  withLine(async (line) => {
    await get(page(line, 'kept'));
    for (let turn = 0; turn < 10; turn++) {
      await (turn % 2 === 0 ? line.origin.stops() : line.origin.listens());
      await purge(line, 'soft');
      const answers = await Promise.all(Array.from({ length: 20 }, () => get(page(line, 'kept'))));
      expect(answers.map(({ status }) => status)).toEqual(Array.from(answers, () => 200));
    }
    expect((await get(page(line, 'unread'))).status).toBe(200);
  }));

test.concurrent('a hundred readers of a page out of date do not wait for an origin that hangs', () =>
  withLine(async (line) => {
    await get(page(line, 'kept'));
    line.origin.fault = hangs;
    await purge(line, 'soft');
    const startedAt = performance.now();
    const readers = Array.from({ length: 100 }, () => get(page(line, 'kept')));
    const answers = await Promise.all(readers);
    // The first waits a second for the new page; the origin would have had five.
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(answers.every(({ status, bytes }) => status === 200 && bytes.length > 0)).toBe(true);
    expect(line.origin.targets).toHaveLength(2);
  }));

test.concurrent(
  'purges among a hundred readers: everyone is answered, and nobody reads what is older than a purge',
  () =>
    withLine(async (line) => {
      let version = 0;
      line.origin.fault = (socket) => {
        const body = String(version);
        const fields = `${JSON_TYPE}cache-tag: everything\r\nconnection: close\r\ncontent-length: ${body.length}`;
        // Long enough that purges come while an answer is under way.
        setTimeout(() => socket.end(`${OK}${fields}\r\n\r\n${body}`), 5);
      };
      const over = new AbortController();
      async function reader(): Promise<void> {
        while (!over.signal.aborted) {
          const purged = version;
          const { status, bytes } = await get(page(line, 'busy'));
          expect([status, Number(bytes.toString()) >= purged - 1]).toEqual([200, true]);
        }
      }
      async function publisher(): Promise<void> {
        try {
          for (let turn = 0; turn < 20; turn++) {
            version++;
            await purge(line, 'hard');
            expect(Number((await get(page(line, 'busy'))).bytes.toString())).toBe(version);
          }
        } finally {
          over.abort();
        }
      }
      await Promise.all([publisher(), ...Array.from({ length: 100 }, reader)]);
    }),
  PATIENCE_MS,
);

test.concurrent(
  'ten thousand pages through 8 MB of memory are all answered, and the last stays',
  () =>
    withLine(async (line) => {
      const names = Array.from({ length: 10_000 }, (_, name) => name).values();
      const statuses = new Set<number>();
      async function reader(): Promise<void> {
        for (const name of names) {
          const response = await fetch(page(line, name));
          await response.arrayBuffer();
          statuses.add(response.status);
        }
      }
      await Promise.all(Array.from({ length: 20 }, reader));
      expect(statuses).toEqual(new Set([200]));
      expect(line.origin.targets).toHaveLength(10_000);
      await fetch(page(line, 9_999));
      expect(line.origin.targets).toHaveLength(10_000);
    }),
  PATIENCE_MS,
);

test.concurrent(
  'a long answer of any origin is sent while it arrives, and stored once it is whole',
  () =>
    withLine(
      async ({ edge, origin }) => {
        const half = 'x'.repeat(150_000);
        const head = `${OK}content-length: ${2 * half.length}\r\n\r\n${half}`;
        const sockets: Socket[] = [];
        origin.fault = (socket) => {
          sockets.push(socket);
          socket.write(head);
        };
        const begin = async (): Promise<() => Promise<string>> => {
          const { body } = await fetch(`${edge.url}/long`);
          if (!body) throw new Error('no body');
          const reader = body.pipeThrough(new TextDecoderStream()).getReader();
          const { value: first = '' } = await reader.read();
          return async () => {
            let text = first;
            for (;;) {
              const { done, value = '' } = await reader.read();
              if (done) return text;
              text += value;
            }
          };
        };
        const cut = await begin();
        sockets[0]?.destroy();
        await expect(cut()).rejects.toThrow('terminated');
        const whole = await begin();
        sockets[1]?.write(half);
        expect((await whole()).length).toBe(2 * half.length);
        const { headers, bytes } = await get(`${edge.url}/long`);
        expect([headers['cache-status'], bytes.length]).toEqual([
          expect.stringContaining('hit'),
          2 * half.length,
        ]);
        expect(origin.targets).toHaveLength(2);
      },
      { proxy: true },
    ),
  PATIENCE_MS,
);

test.concurrent('300 KB of a visitor’s fields and 64 KB of URL reach no origin', () =>
  withLine(async (line) => {
    await get(page(line, 'kept'));
    const large = await get(page(line, 'kept'), { 'x-large': 'y'.repeat(300_000) });
    const long = await get(`${page(line, 'kept')}?x=${'y'.repeat(65_536)}`);
    const parameter = await get(`${page(line, 'kept')}?locale=${'y'.repeat(60_000)}`);
    expect([large.status, long.status, parameter.status]).toEqual([200, 414, 400]);
    expect((await get(page(line, 'kept'))).status).toBe(200);
    expect(line.origin.targets).toHaveLength(1);
  }));
