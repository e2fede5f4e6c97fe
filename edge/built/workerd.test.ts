import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { signPurge } from '@plaudit/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { startEdge, toBytes, type Edge } from '../serve/start-edge.mjs';
import { NodeOrigin } from './node-origin.ts';
import { get } from './wire.ts';

const SECRET = 'a secret';
const PLAIN = Buffer.from(JSON.stringify({ reviews: 'soft and warm '.repeat(200) }));
const BODIES: Record<string, Buffer> = {
  br: brotliCompressSync(PLAIN),
  gzip: gzipSync(PLAIN),
  identity: PLAIN,
};

let origin: NodeOrigin;
let edge: Edge;
let product = 0;
/** A product that no test has read. */
const fresh = (): string => `${edge.url}/v1/shops/demo/products/${++product}/reviews`;

beforeAll(async () => {
  origin = await NodeOrigin.start((request, response) => {
    const coding = String(request.headers['accept-encoding']);
    const path = request.url ?? '';
    if (path.includes('/products/cut/')) {
      response.writeHead(200, { 'content-length': 1000, 'cache-control': 'max-age=60' });
      response.write('half');
      setImmediate(() => response.destroy());
      return;
    }
    if (path.includes('/products/rated/')) {
      const life = { 'cdn-cache-control': 'max-age=60' };
      response.writeHead(200, { 'content-type': 'application/json', ...life });
      response.end(
        JSON.stringify({
          summary: { average: 4.25, count: 4, histogram: [0, 0, 1, 1, 2] },
          reviews: [],
        }),
      );
      return;
    }
    // Long enough that a hundred concurrent readers meet the same fetch.
    setTimeout(() => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'cdn-cache-control': 'max-age=60, stale-while-revalidate=600',
        'cache-tag': 'everything',
        vary: 'Accept-Encoding',
        ...(coding !== 'identity' && { 'content-encoding': coding }),
      });
      response.end(path.endsWith('/settings') ? '{"version":1}' : BODIES[coding]);
    }, 50);
  });
  const distDir = inject('distDir');
  edge = await startEdge({ origin: origin.url, purgeSecret: SECRET, memory: '8MB', distDir });
});

afterAll(async () => {
  await edge.stop();
  await origin.stop();
});

beforeEach(() => {
  origin.asked.length = 0;
});

describe('encoded bytes', () => {
  test.each(['br', 'gzip', 'identity'])('in %s arrive as the origin sent them', async (coding) => {
    const url = fresh();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => get(url, { 'accept-encoding': coding })),
    );
    answers.push(await get(url, { 'accept-encoding': coding }));
    for (const { status, bytes, headers } of answers) {
      expect(status).toBe(200);
      expect(bytes.equals(BODIES[coding] ?? PLAIN)).toBe(true);
      expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
      expect(headers['content-length']).toBe(String(bytes.length));
    }
    expect(origin.asked.map(({ headers }) => headers['accept-encoding'])).toEqual([coding]);
  });
});

test('a hundred readers of a cold page make one request, also when some leave', async () => {
  const url = fresh();
  const leaving = new AbortController();
  // The first to come leads; then it leaves.
  const left = fetch(url, { signal: leaving.signal }).catch(() => undefined);
  const staying = Array.from({ length: 100 }, () => get(url));
  setTimeout(() => leaving.abort(), 20);
  const answers = await Promise.all(staying);
  await left;
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(
    origin.asked.filter(({ headers }) => headers['accept-encoding'] === 'identity'),
  ).toHaveLength(1);
});

test('an answer that is cut short is a 502 and is not stored', async () => {
  const url = `${edge.url}/v1/shops/demo/products/cut/reviews`;
  expect((await get(url)).status).toBe(502);
  expect((await get(url)).headers['cache-status']).toContain('uri-miss');
});

test('a signed purge reaches what is stored', async () => {
  const url = fresh();
  await get(url);
  expect((await get(url)).headers['cache-status']).toContain('hit');
  const body = JSON.stringify({ tags: ['everything'], mode: 'hard' });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = await signPurge(SECRET, timestamp, body);
  const headers = { 'plaudit-timestamp': timestamp, 'plaudit-signature': signature };
  expect((await fetch(`${edge.url}/purge`, { method: 'POST', body, headers })).status).toBe(200);
  expect((await get(url)).headers['cache-status']).toContain('uri-miss');
});

test('the loader is the built one, with the settings in it', async () => {
  const { bytes } = await get(`${edge.url}/demo/plaudit.js`);
  expect(bytes.toString()).toBe('globalThis.plaudit = Object.freeze({"version":1});\n');
});

test.each([
  ['br, gzip', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
])('the loader comes compressed to who accepts %s', async (accepted, coding, decompress) => {
  const url = `${edge.url}/demo/plaudit.js`;
  const { bytes, headers } = await get(url, { 'accept-encoding': accepted });
  expect(headers['content-encoding']).toBe(coding);
  expect(headers['content-length']).toBe(String(bytes.length));
  expect(decompress(bytes)).toEqual((await get(url)).bytes);
});

test('structured data is what the SDK makes of it', async () => {
  const path = '/v1/shops/demo/products/rated/structured-data.json?name=Jumper';
  expect(JSON.parse((await get(edge.url + path)).bytes.toString())).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: 'Jumper',
    productID: 'rated',
    aggregateRating: {
      '@type': 'AggregateRating',
      ratingValue: 4.3,
      reviewCount: 4,
      bestRating: 5,
      worstRating: 1,
    },
    review: [],
  });
});

test('reviews.html is what the SDK renders, in the widgets’ own components', async () => {
  const { status, bytes, headers } = await get(
    `${edge.url}/v1/shops/demo/products/rated/reviews.html?style=link`,
  );
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  const html = bytes.toString();
  expect(html).toContain(
    '<plaudit-reviews product="rated" while="loading"><template shadowrootmode="open"><link',
  );
  expect(html).toContain('Based on 4 reviews');
  const [, stylesheet] = /href="([^"]*)"/.exec(html) ?? [];
  const styles = await get(`http:${stylesheet}`);
  expect(styles.headers['content-type']).toBe('text/css; charset=utf-8');
  expect(styles.bytes.toString()).toContain('--plaudit-star');
});

test('WJ07: a script says its length, however it is asked for', async () => {
  const chunks = readdirSync(join(inject('distDir'), 'public/assets'));
  const scripts = [
    '/demo/plaudit.js',
    '/demo/plaudit.js?product=rated',
    '/demo/widget.js',
    '/v1/loader/demo',
    '/x%00y/plaudit.js',
    ...chunks.filter((name) => name.endsWith('.js')).map((name) => `/assets/${name}`),
    '/assets/none.js',
  ];
  expect(scripts.length).toBeGreaterThan(6);
  for (const path of scripts) {
    for (const coding of ['br', 'gzip', 'identity', 'br, gzip;q=0.5']) {
      // The second is of what is stored.
      for (let times = 0; times < 2; times++) {
        const { bytes, headers } = await get(edge.url + path, { 'accept-encoding': coding });
        const said = [path, coding, headers['content-length'], headers['transfer-encoding']];
        expect(said).toEqual([path, coding, String(bytes.length), undefined]);
      }
    }
  }
});

test('static files come from the disk', async () => {
  const { status, bytes, headers } = await get(`${edge.url}/assets/chunk-1.js`);
  expect([status, bytes.toString()]).toEqual([200, 'export {};\n']);
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
  // A script that is cut off would be run as far as it goes, if it did not say how long it is.
  expect(headers['content-length']).toBe(String(bytes.length));
});

test('the digests of all scripts are published beside them', async () => {
  const assets = join(inject('distDir'), 'public/assets');
  const name = readdirSync(assets).find((file) => /^integrity-[\w-]{8}\.json$/.test(file));
  const { bytes, headers } = await get(`${edge.url}/assets/${name}`);
  expect(headers['cache-control']).toContain('immutable');
  const script = (await get(`${edge.url}/assets/chunk-1.js`)).bytes;
  const digest = createHash('sha384').update(script).digest('base64');
  expect(JSON.parse(bytes.toString())).toEqual({ '/assets/chunk-1.js': `sha384-${digest}` });
});

describe('with the origin stopped', () => {
  test('what was read goes on, what was not is a 503 with a time to try again', async () => {
    const read = fresh();
    await get(read);
    await origin.stop();
    expect((await get(read)).status).toBe(200);
    const unread = await get(fresh());
    expect(unread.status).toBe(503);
    expect(unread.headers['retry-after']).toBe('5');
    expect(unread.headers['content-type']).toBe('application/problem+json');
  });
});

describe('starting the edge', () => {
  test.each([
    ['512', 512],
    ['64KB', 65_536],
    ['256 MB', 268_435_456],
    ['1gb', 1_073_741_824],
  ])('reads %s as %i bytes', (text, bytes) => {
    expect(toBytes(text)).toBe(bytes);
  });

  test.each(['', 'lots', '0', '-1MB', '1TB'])('refuses "%s" as an amount of memory', (text) => {
    expect(() => toBytes(text)).toThrow('not an amount of memory');
  });

  test('says what is missing when there is no build', async () => {
    const options = { origin: 'http://127.0.0.1:9', distDir: 'no-such-folder' };
    await expect(startEdge(options)).rejects.toThrow('build first');
  });

  test('leaves no process behind when the port is taken', async () => {
    const port = Number(new URL(edge.url).port);
    const options = { origin: 'http://127.0.0.1:9', port, distDir: inject('distDir') };
    await expect(startEdge(options)).rejects.toThrow('did not start');
  });
});
