/** Bodies that are sent to break whoever reads them: refused in every write, and what comes next is answered. */
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../test/databases.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../test/oauth-origin.ts';

const WRITES = [
  '/v1/shops/acme/products/kettle/reviews',
  '/v1/shops/acme/products/kettle/questions',
  '/api/v1/reviews',
  '/api/v1/products',
  '/core/v3/stores/acme/products',
  '/apps/acme/purchases',
  '/reviews/dynamic_create',
  '/v1/widget/reviews',
  '/oauth/token',
];

const REVIEW = {
  rating: 5,
  author: 'Mara',
  email: 'mara@example.com',
  product: { external_id: 'x', name: 'x', url: 'https://acme.example/' },
};
const json = JSON.stringify(REVIEW);
/** Wherever anything may stand. */
const deep = (depth: number, open: string, close: string) => {
  const value = `{"a":${open.repeat(depth)}1${close.repeat(depth)}}`;
  const product = `{"external_id":"x","name":"x","url":"https://a.example/","custom_properties":${value}}`;
  return `{"id":"x","rating":5,"author":"x","email":"x@example.com","product":${product},"answers":${value},"properties":${value}}`;
};
const manyKeys = Array.from({ length: 5000 }, (_, n) => `"k${n}":0`).join();

const BODIES: [name: string, body: string | Uint8Array, fields?: Record<string, string>][] = [
  ['lists 10,000 deep', deep(10_000, '[', ']')],
  ['objects 10,000 deep', deep(10_000, '{"a":', '}')],
  ['5,000 keys, as many as fit', `{${manyKeys}}`],
  ['a number without end', `{"rating":${'9'.repeat(50_000)}}`],
  ['1e999', '{"rating":1e999}'],
  ['NaN', '{"rating":NaN}'],
  ['only a prototype', '{"__proto__":{"rating":5,"author":"x","email":"x@example.com"}}'],
  ['UTF-16', Buffer.from(json, 'utf16le')],
  ['bytes that are no UTF-8', Buffer.from(json.replace('Mara', '\u00ff\u00fe'), 'latin1')],
  [
    'half of a surrogate pair',
    json.replaceAll('"x"', String.raw`"\ud800"`).replace('Mara', String.raw`\ud800`),
  ],
  ['U+0000', json.replaceAll('"x"', String.raw`"\u0000"`).replace('Mara', String.raw`\u0000`)],
  ['a gzip bomb', gzipSync(Buffer.alloc(20_000_000, 0x20)), { 'content-encoding': 'gzip' }],
  ['nothing', ''],
  ['null', 'null'],
  ['a text', '"x"'],
  ['a list', '[]'],
];

describeOnEach('a hostile body', (fixture) => {
  let origin: OAuthOrigin;
  let authorization: string;

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    authorization = `Bearer ${await origin.token(await origin.app({ isShopItself: true }))}`;
  });
  afterAll(() => origin.close());

  test.each(BODIES)('UG04: %s is refused in every write', async (_name, body, more = {}) => {
    for (const path of WRITES) {
      const headers = { 'content-type': 'application/json', authorization, ...more };
      const answer = await fetch(origin.url + path, {
        method: 'POST',
        headers,
        body: typeof body === 'string' ? body : new Uint8Array(body),
      });
      await answer.arrayBuffer();
      expect([path, answer.status >= 400, answer.status < 500]).toEqual([path, true, true]);
    }
    expect({}).not.toHaveProperty('rating');
    expect((await fetch(`${origin.url}/healthz`)).status).toBe(200);
  });

  /** Sends a body that does not say how long it is; tells how much of it went out before the answer. */
  const pour = (path: string, totalBytes: number) =>
    new Promise<{ status: number; sent: number }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization };
      let sent = 0;
      const sending = request(origin.url + path, { method: 'POST', headers });
      sending.on('response', ({ statusCode = 0 }) => {
        resolve({ status: statusCode, sent });
        sending.destroy();
      });
      sending.on('error', reject);
      const piece = Buffer.alloc(64 * 1024, 0x20);
      const next = () => {
        if (sending.destroyed) return;
        if (sent >= totalBytes) {
          sending.end();
          return;
        }
        sent += piece.length;
        sending.write(piece, () => setImmediate(next));
      };
      next();
    });

  test.each(WRITES)('UG03: of 100 MB to %s the most is never read', async (path) => {
    const { status, sent } = await pour(path, 100_000_000);
    expect([400, 401, 413]).toContain(status);
    expect(sent).toBeLessThan(50_000_000);
  });

  test('the connection ends with an answer given before its body was read, and with no other', async () => {
    const path = `${origin.url}/v1/shops/acme/products/kettle/reviews`;
    const post = (body: string) => fetch(path, { method: 'POST', body });
    const unread = await post(' '.repeat(300_000));
    expect([unread.status, unread.headers.get('connection')]).toEqual([413, 'close']);
    const read = await post('{}');
    expect([read.status, read.headers.get('connection')]).toEqual([400, 'keep-alive']);
    const without = await post('');
    expect([without.status, without.headers.get('connection')]).toEqual([400, 'keep-alive']);
    expect((await fetch(`${origin.url}/healthz`)).headers.get('connection')).toBe('keep-alive');
  });

  test('AP09: TRACE, and methods that nobody knows, are refused and repeat nothing', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'LINK', 'PURGE']) {
      for (const path of ['/api/v1/reviews', '/v1/shops/acme/reviews', '/oauth/token', '/']) {
        const said = await new Promise<[number, string]>((resolve, reject) => {
          const asking = request(origin.url + path, { method, headers: { 'x-canary': 'canary' } });
          asking.on('response', async (answer) => {
            let text = '';
            for await (const piece of answer) text += String(piece);
            resolve([answer.statusCode ?? 0, text]);
          });
          asking.on('error', reject);
          asking.end();
        });
        expect([method, path, [404, 405].includes(said[0])]).toEqual([method, path, true]);
        expect(said[1]).not.toContain('canary');
      }
    }
  });
});
