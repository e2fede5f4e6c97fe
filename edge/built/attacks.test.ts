/** What a hostile client can say only on a raw socket; names begin with the line of the checklist. */
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { startEdge, type Edge } from '../serve/start-edge.mjs';
import { FaultyOrigin } from './faulty-origin.ts';
import { get, sendRaw } from './wire.ts';

const PATH = '/v1/shops/demo/products/42/reviews';

let edge: Edge;
let origin: FaultyOrigin;

beforeAll(async () => {
  origin = await FaultyOrigin.start();
  edge = await startEdge({ origin: origin.url, distDir: inject('distDir') });
});

afterAll(async () => {
  await edge.stop();
  await origin.stops();
});

beforeEach(() => {
  origin.targets.length = 0;
});

const HOST = 'Host: edge.example\r\n';
const head = (fields: string, line = `GET ${PATH} HTTP/1.1`): string =>
  `${line}\r\n${HOST}connection: close\r\n${fields}\r\n`;

/** What everyone else gets afterwards: the page, and nothing else was asked of the origin. */
async function next(): Promise<unknown> {
  const { status, bytes } = await get(`${edge.url}${PATH}`);
  const others = origin.targets.filter((target) => target !== PATH);
  return { status, reviews: JSON.parse(bytes.toString()).reviews, others };
}

const UNHARMED = { status: 200, reviews: [], others: [] };

describe('CP02 control characters and strange letters', () => {
  test.each(['\x07', '\b', '\t', '\n ', '\r', '\0', '\x7f', '\xe9', '\xff'])(
    '%j in a name or a value break nothing',
    async (letter) => {
      for (const field of [`x${letter}y: 1`, `x: a${letter}b`, `accept-encoding: ${letter}`]) {
        const { statuses } = await sendRaw(edge.url, head(`${field}\r\n`));
        expect(statuses.every((status) => status === 200 || status === 400)).toBe(true);
      }
      expect(await next()).toEqual(UNHARMED);
    },
  );
});

describe('CP03 methods', () => {
  test.each(['TRACE', 'CONNECT', 'JUNK', 'get', 'PURGE', 'DEBUG', 'PROPFIND'])(
    '%s is no read, and changes none',
    async (method) => {
      const { statuses } = await sendRaw(edge.url, head('', `${method} ${PATH} HTTP/1.1`));
      expect(statuses[0] ?? 400).toBeGreaterThanOrEqual(400);
      expect(await next()).toEqual(UNHARMED);
    },
  );
});

describe('CP06 a GET with a body', () => {
  test('is answered as one without, and the body goes nowhere', async () => {
    const fat = `${head('content-length: 16\r\n')}rating=1&limit=x`;
    const { statuses } = await sendRaw(edge.url, fat);
    expect(statuses).toEqual([200]);
    expect(await next()).toEqual(UNHARMED);
  });
});

describe('CP08 targets', () => {
  test.each([
    '//evil.example/v1/shops/demo/settings',
    '/v1/shops/demo/../../../etc/passwd',
    '/v1/shops/demo/products/42/reviews#x',
    '/v1\\shops\\demo\\settings',
    'http://evil.example/other',
    '/v1/shops/demo/\tsettings',
    '*',
    'v1/shops/demo/settings',
  ])('such as %s lead to no other page of the origin', async (target) => {
    await sendRaw(edge.url, head('', `GET ${target} HTTP/1.1`));
    const ours = /^\/v1\/shops\/demo\/(?:settings|products\/42\/reviews)$/;
    expect(origin.targets.filter((asked) => !ours.test(asked))).toEqual([]);
    origin.targets.length = 0;
    expect(await next()).toEqual(UNHARMED);
  });
});

describe('CP16 smuggling', () => {
  /** Hidden in the body; if it were taken for a request, the origin would be asked for it. */
  const HIDDEN = `GET /v1/shops/hidden/reviews HTTP/1.1\r\n${HOST}\r\n`;
  const post = (fields: string, body: string): string =>
    `POST ${PATH} HTTP/1.1\r\n${HOST}${fields}\r\n${body}`;
  const chunked = 'transfer-encoding: chunked\r\n';

  test('would be seen: two honest requests are two', async () => {
    const { statuses } = await sendRaw(edge.url, post('content-length: 2\r\n', `{}${HIDDEN}`));
    expect(statuses).toHaveLength(2);
    expect(origin.targets).toContain('/v1/shops/hidden/reviews');
    origin.targets.length = 0;
  });

  test.each<[string, string]>([
    ['two lengths', post(`content-length: 0\r\ncontent-length: ${HIDDEN.length}\r\n`, HIDDEN)],
    ['a list of lengths', post(`content-length: 0, ${HIDDEN.length}\r\n`, HIDDEN)],
    ['a signed length', post(`content-length: +${HIDDEN.length}\r\n`, HIDDEN)],
    ['a length in hexadecimal', post('content-length: 0x10\r\n', HIDDEN)],
    ['chunks of another spelling', post('transfer-encoding: xchunked\r\n', `0\r\n\r\n${HIDDEN}`)],
    ['chunks twice', post(`${chunked}transfer-encoding: identity\r\n`, `0\r\n\r\n${HIDDEN}`)],
    ['a space before the colon', post('transfer-encoding : chunked\r\n', `0\r\n\r\n${HIDDEN}`)],
    [
      'a vertical tab in the value',
      post('transfer-encoding: \x0bchunked\r\n', `0\r\n\r\n${HIDDEN}`),
    ],
    ['a chunk size that overflows', post(chunked, `ffffffffffffffff1\r\n${HIDDEN}`)],
    ['a chunk size with a sign', post(chunked, `-1\r\n${HIDDEN}`)],
    ['a chunk that does not end where it says', post(chunked, `1\r\nabc\r\n0\r\n\r\n`)],
    ['chunks that end in bare line feeds', post(chunked, `2\n{}\n0\n\n${HIDDEN}`)],
    ['a chunk extension of one line feed', post(chunked, `2;\n{}\r\n0\r\n\r\n${HIDDEN}`)],
    ['lines that end in carriage returns', `POST ${PATH} HTTP/1.1\r${HOST}\r${HIDDEN}`],
  ])('by %s is refused, and the connection closed', async (_, bytes) => {
    expect(await sendRaw(edge.url, bytes)).toEqual({ statuses: [400], hungUp: true });
    expect(origin.targets).toEqual([]);
    expect(await next()).toEqual(UNHARMED);
  });

  /** A field that one server may take for chunks and another may not. */
  const SPELLINGS = [
    ...'\0|\b|\t|\n|\v|\f|\r| |\x1f|\x7f|\x85|\xa0|\xff|"|\'|,|;|/|='
      .split('|')
      .flatMap((sign) => [
        `transfer-encoding${sign}: chunked`,
        `transfer-encoding:${sign}chunked`,
        `transfer-encoding: chunked${sign}`,
        `transfer-encoding: ${sign}chunked${sign}`,
        `${sign}transfer-encoding: chunked`,
        `x: y${sign}transfer-encoding: chunked`,
        `transfer${sign}encoding: chunked`,
      ]),
    'transfer-encoding: chunked, identity',
    'transfer-encoding: identity, chunked',
    'transfer-encoding: chunked chunked',
    'transfer-encoding: CHUNKED',
    'transfer-encoding: chu nked',
    'transfer-encoding:\r\n chunked',
    'transfer-encoding: x\r\ntransfer-encoding: chunked',
    'transfer-encoding: chunked\r\ntransfer-encoding: x',
    'transfer_encoding: chunked',
    'content-encoding: chunked',
    'te: chunked',
  ];

  test('by a length and any spelling of chunks makes no second request', async () => {
    const send = async (field: string, number: number) => {
      // A name of its own: what was cached before would not be asked for.
      const hidden = HIDDEN.replace('hidden', `hidden-${number}`);
      const fields = `content-length: ${5 + hidden.length}\r\n${field}\r\n`;
      const { statuses } = await sendRaw(edge.url, post(fields, `0\r\n\r\n${hidden}`));
      return { field, answers: statuses.join(' ') };
    };
    // A bare line feed may end the fields; the rest is then no request, or part of the first one's body.
    const harmless = expect.stringMatching(/^(?:200|400|200 400)$/);
    expect(await Promise.all(SPELLINGS.map(send))).toEqual(
      SPELLINGS.map((field) => ({ field, answers: harmless as string })),
    );
    expect(origin.targets.filter((target) => target.includes('hidden'))).toEqual([]);
    expect(await next()).toEqual(UNHARMED);
  });

  test('by chunk extensions is none: they are dropped, as RFC 9112 section 7.1.1 wants', async () => {
    const hidden = HIDDEN.replace('hidden', 'hidden-extension');
    const body = `2;x="\r\n{}\r\n0;y=${hidden.length}\r\n\r\n`;
    const { statuses } = await sendRaw(
      edge.url,
      post(`connection: close\r\n${chunked}`, body + hidden),
    );
    expect(statuses).toHaveLength(1);
    expect(origin.targets.filter((target) => target.includes('hidden'))).toEqual([]);
    expect(await next()).toEqual(UNHARMED);
  });

  test('by a length and chunks ends with its own request', async () => {
    const fields = `content-length: ${5 + HIDDEN.length}\r\n${chunked}`;
    const { statuses } = await sendRaw(edge.url, post(fields, `0\r\n\r\n${HIDDEN}`));
    expect(statuses).toHaveLength(1);
    expect(await next()).toEqual(UNHARMED);
  });
});
