import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { toProblem } from '@plaudit/contract';
import { pino } from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { createApp } from '../app.ts';
import { createShop } from '../domain/shops/create.ts';

const submission = { rating: 5, title: 'Fine', author: 'Mara', email: 'mara@example.com' };
const BASE = 'http://origin/v1/shops/acme';

describeOnEach('the storefront API', (fixture) => {
  let app: ReturnType<typeof createApp>;
  beforeAll(async () => {
    app = createApp({ domain: fixture.context, log: pino({ level: 'silent' }) });
    const moderated = { appKey: 'moderated', name: 'Moderated', autoPublish: false };
    await createShop(fixture.context, moderated);
    for (let n = 0; n < 12; n++) {
      const email = `mara-${n}@example.com`;
      const body = `Body ${n} `.repeat(20);
      await post('/products/kettle/reviews', { ...submission, email, body });
    }
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    app.request(path.startsWith('http') ? path : BASE + path, { headers });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(path.startsWith('http') ? path : BASE + path, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  describe('reads', () => {
    test('say how long they keep, for whom, and what they were made of', async () => {
      const answer = await get('/products/kettle/reviews');
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'cache-control': expect.stringMatching(/^public, max-age=\d+/),
        'cdn-cache-control': expect.stringMatching(
          /max-age=\d+, stale-while-revalidate=\d+, stale-if-error=\d+/,
        ),
        'cache-tag': 'shop:acme,product:acme:kettle',
        'content-type': 'application/json; charset=utf-8',
        etag: expect.stringMatching(/^W\/"[\w-]+"$/),
        vary: 'Accept-Encoding',
        'x-content-type-options': 'nosniff',
      });
      const { summary, reviews, next } = (await answer.json()) as Record<string, unknown[]>;
      expect(summary).toMatchObject({ count: 12, average: 5 });
      expect(reviews).toHaveLength(10);
      expect(next).toBeTypeOf('string');
    });

    test.each([
      '/products/kettle/reviews',
      '/reviews',
      '/ratings?ids=kettle',
      '/rating-shards/0',
      '/settings',
    ])(
      '%s allows stale answers: no s-maxage, no must-revalidate, no proxy-revalidate',
      async (path) => {
        const answer = await get(path);
        expect(answer.status).toBe(200);
        const fields = `${answer.headers.get('cache-control')} ${answer.headers.get('cdn-cache-control')}`;
        expect(fields).not.toMatch(/s-maxage|must-revalidate|proxy-revalidate|private|no-store/);
        expect(answer.headers.get('cache-tag')).toContain('shop:acme');
      },
    );

    test('answer 304 without a body to who has it already', async () => {
      const etag = (await get('/settings')).headers.get('etag') ?? '';
      const answer = await get('/settings', { 'if-none-match': `"other", ${etag}` });
      expect(answer.status).toBe(304);
      expect(await answer.text()).toBe('');
      expect(answer.headers.get('etag')).toBe(etag);
      expect(answer.headers.get('cdn-cache-control')).toContain('max-age');
    });

    test.each([
      ['br, gzip', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
      ['*', 'br', brotliDecompressSync],
      ['identity', null, (bytes: Buffer) => bytes],
    ])('to Accept-Encoding: %s come as %s', async (accepted, coding, decode) => {
      const answer = await get('/products/kettle/reviews', { 'accept-encoding': accepted });
      expect(answer.headers.get('content-encoding')).toBe(coding);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(Number(answer.headers.get('content-length'))).toBe(bytes.length);
      expect(JSON.parse(decode(bytes).toString())).toHaveProperty('summary.count', 12);
    });

    test('of ratings leave out what has none, also for hostile ids', async () => {
      const answer = await get('/ratings?ids=kettle,unheard-of,__proto__,constructor');
      expect(await answer.json()).toEqual({ ratings: { kettle: { average: 5, count: 12 } } });
    });

    test('of rating shards together hold every product once', async () => {
      const shards = await Promise.all(
        Array.from({ length: 16 }, async (_, shard) =>
          (await get(`/rating-shards/${shard}`)).json(),
        ),
      );
      const products = shards.flatMap((shard) =>
        Object.keys((shard as { ratings: object }).ratings),
      );
      expect(products).toEqual(['kettle']);
      expect((await get('/rating-shards/16')).status).toBe(404);
    });

    test.each([
      ['/products/kettle/reviews?limit=0', 'limit'],
      ['/products/kettle/reviews?sort=best', 'sort'],
      ['/products/kettle/reviews?cursor=made-up', 'cursor'],
      ['/reviews?rating=9', 'rating'],
      ['/ratings', 'ids'],
    ])('%s is refused, naming %s', async (path, parameter) => {
      const answer = await get(path);
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toMatchObject({ ...toProblem('invalid-parameter'), parameter });
    });

    test.each(['nowhere', '%00', 'x', 'a b', '%ff', 'x'.repeat(70)])(
      'of an unknown shop (%s) are 404, kept for seconds only',
      async (appKey) => {
        const answer = await get(`http://origin/v1/shops/${appKey}/settings`);
        expect(answer.status).toBe(404);
        expect(answer.headers.get('cdn-cache-control')).toBe('max-age=5');
      },
    );

    test.each([
      ['PUT', '/settings', 'GET, HEAD, OPTIONS'],
      ['POST', '/reviews', 'GET, HEAD, OPTIONS'],
      ['POST', '/ratings?ids=a', 'GET, HEAD, OPTIONS'],
      ['DELETE', '/rating-shards/0', 'GET, HEAD, OPTIONS'],
      ['DELETE', '/products/kettle/reviews', 'GET, HEAD, OPTIONS, POST'],
    ])('refuse %s %s, allowing %s', async (method, path, allow) => {
      const answer = await app.request(BASE + path, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe(allow);
      expect(await answer.json()).toEqual(toProblem('method-not-allowed'));
    });

    test('asked with HEAD have the fields of GET and no body', async () => {
      const answer = await app.request(`${BASE}/settings`, { method: 'HEAD' });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-tag')).toBe('shop:acme,settings:acme');
      expect(await answer.text()).toBe('');
    });

    test('elsewhere are 404 problem documents', async () => {
      const answer = await get('http://origin/.env');
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual(toProblem('not-found'));
    });
  });

  describe('a review that is sent', () => {
    test('is answered 201 when it is published, 202 when it waits', async () => {
      const published = await post('/products/lamp/reviews', submission);
      expect(published.status).toBe(201);
      expect(published.headers.get('cache-control')).toBe('no-store');
      expect(await published.json()).toEqual({
        id: expect.any(String),
        status: 'published',
        editSecret: expect.any(String),
      });
      const moderated = 'http://origin/v1/shops/moderated/products/lamp/reviews';
      const pending = await post(moderated, submission, { 'content-type': 'application/json' });
      expect(pending.status).toBe(202);
      expect(await pending.json()).toMatchObject({ status: 'pending' });
    });

    test('again under the same Idempotency-Key gives the same receipt', async () => {
      const key = { 'idempotency-key': 'retry-12345' };
      const keyed = { ...submission, email: 'ada@example.com' };
      const send = async () => (await post('/products/lamp/reviews', keyed, key)).json();
      const first = await send();
      expect(await send()).toEqual({ ...Object(first), editSecret: expect.any(String) });
      const other = await post('/products/lamp/reviews', { ...keyed, rating: 1 }, key);
      expect(other.status).toBe(422);
      expect(await other.json()).toMatchObject(toProblem('idempotency-conflict'));
    });

    test('once more is refused, where the same person says the same of the same product', async () => {
      const own = { ...submission, email: 'eve@example.com', body: 'Once.' };
      expect((await post('/products/lamp/reviews', own)).status).toBe(201);
      const again = await post('/products/lamp/reviews', { ...own, rating: 1 });
      expect(again.status).toBe(409);
      expect(await again.json()).toMatchObject(toProblem('duplicate-review'));
    });

    test.each(['short', 'x'.repeat(256)])(
      'under a key that is too short or too long is refused',
      async (key) => {
        for (const answer of [
          await post('/products/lamp/reviews', submission, { 'idempotency-key': key }),
          await post('/products/lamp/reviews', { ...submission, idempotencyKey: key }),
        ]) {
          expect(answer.status).toBe(400);
          expect(await answer.json()).toMatchObject(toProblem('invalid-body'));
        }
      },
    );

    test('under a key that no database can hold is refused', async () => {
      const keyed = { ...submission, idempotencyKey: 'retry-\u0000-12345' };
      expect((await post('/products/lamp/reviews', keyed)).status).toBe(400);
    });

    test('with wrong fields is refused, field by field', async () => {
      const answer = await post('/products/lamp/reviews', { rating: 6, author: '', email: 'x' });
      expect(answer.status).toBe(400);
      const { errors } = (await answer.json()) as { errors: { field: string }[] };
      expect(errors.map(({ field }) => field).toSorted()).toEqual(['author', 'email', 'rating']);
    });

    test.each([
      ['no JSON', '{', 400],
      ['another type', '[]', 400],
      ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 400],
      ['deep nesting', '['.repeat(10_000), 400],
      ['more than 64 KB', `"${'x'.repeat(70_000)}"`, 413],
    ])('as %s is refused', async (_what, body, status) => {
      const answer = await app.request(`${BASE}/products/lamp/reviews`, { method: 'POST', body });
      expect(answer.status).toBe(status);
      expect(await answer.json()).toHaveProperty('type');
    });

    test('as a form is refused: a page could send that for a visitor who does not know', async () => {
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      expect((await post('/products/lamp/reviews', 'rating=5', type)).status).toBe(415);
    });

    test('cannot set what is not the visitor’s to set', async () => {
      await post('/products/mug/reviews', {
        ...submission,
        verified: true,
        incentivized: true,
        status: 'x',
      });
      const { reviews } = (await (await get('/products/mug/reviews')).json()) as {
        reviews: object[];
      };
      expect(reviews[0]).toMatchObject({ verified: false, incentivized: false });
    });
  });

  test('AP08: a defect is a 500 without its insides', async () => {
    const broken = createApp({
      domain: { ...fixture.context, db: undefined as never },
      log: pino({ level: 'silent' }),
    });
    const answer = await broken.request(`${BASE}/settings`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual(toProblem('internal'));
  });

  test('a write that fails leaves no e-mail address in the log', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
    const broken = createApp({ domain: { ...fixture.context, now: () => new Date(8e15) }, log });
    const answer = await broken.request(`${BASE}/products/lamp/reviews`, {
      method: 'POST',
      body: JSON.stringify({ ...submission, email: 'canary@example.com' }),
    });
    expect(answer.status).toBe(500);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { method: 'POST', name: 'Error', frames: expect.any(Array) },
    ]);
    expect(lines.join('')).not.toMatch(/canary|Mara/);
  });
});
