import { CLIENT_ADDRESS_PROOF_FIELD, isClientAddressProven } from '@plaudit/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Blobs } from './store/blobs.ts';
import { PURGE_SECRET, PURGE_SECRET_PREVIOUS, TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge, type Wrong } from '../test/signed-purge.ts';

const EDGE_LIFE = {
  'cache-control': 'public, max-age=60',
  'cdn-cache-control': 'max-age=86400, stale-while-revalidate=604800, stale-if-error=604800',
};
const REVIEWS = '/v1/shops/demo/products/42/reviews';

let edge: TestEdge;

const json = (body: unknown, fields: Record<string, string> = EDGE_LIFE, status = 200) =>
  answerWith(JSON.stringify(body), { 'content-type': 'application/json', ...fields }, status);

beforeEach(() => {
  edge = new TestEdge();
  edge.origin.answers(() => json({ reviews: [] }));
});

describe('a photo', () => {
  const PHOTO = `/v1/shops/demo/media/${'a1'.repeat(12)}/small.webp`;
  const image = (type: string) => () =>
    answerWith('pixels', { ...EDGE_LIFE, 'content-type': type, etag: '"a1-small"' });

  test('is kept, as one entry for all', async () => {
    edge.origin.answers(image('image/webp'));
    await edge.fetch(PHOTO, { headers: { 'accept-encoding': 'br' } });
    const response = await edge.fetch(`${PHOTO}?v=2`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('cache-status')).toContain('hit');
    expect(await response.text()).toBe('pixels');
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(edge.origin.paths).toEqual([PHOTO]);
    expect(Object.fromEntries(edge.origin.asked[0]?.headers ?? [])).toEqual({
      accept: 'image/webp',
      'accept-encoding': 'identity',
    });
  });

  test.each(['text/html', 'image/svg+xml', 'application/json'])(
    'is never anything else: %s in its place is a bad answer',
    async (type) => {
      edge.origin.answers(image(type));
      expect((await edge.fetch(PHOTO)).status).toBe(502);
    },
  );

  test('is sent to the origin as it came, up to its size', async () => {
    edge.origin.answers(() => json({ id: 'x' }, {}, 201));
    const body = new FormData();
    body.set('file', new Blob([new Uint8Array(100_000)]));
    const sent = await edge.fetch('/v1/shops/demo/media', { method: 'POST', body });
    expect(sent.status).toBe(201);
    expect(edge.origin.asked[0]?.headers.get('content-type')).toMatch(/^multipart\/form-data/);
    body.set('file', new Blob([new Uint8Array(11 * 1024 * 1024)]));
    const refused = await edge.fetch('/v1/shops/demo/media', { method: 'POST', body });
    expect(refused.status).toBe(413);
    expect(edge.origin.asked).toHaveLength(1);
  });
});

describe('a list of reviews', () => {
  test('is one entry however its question is spelled', async () => {
    await edge.fetch(`${REVIEWS}?sort=newest&rating=5,4&utm_source=mail`);
    await edge.fetch(`${REVIEWS}?rating=4,5,5&_=123&sort=newest&limit=10`);
    expect(edge.origin.paths).toEqual([`${REVIEWS}?rating=4%2C5&sort=newest`]);
  });

  test('refuses a wrong parameter by name without asking the origin', async () => {
    const response = await edge.fetch(`${REVIEWS}?limit=1000`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: 'urn:plaudit:problem:invalid-parameter',
      parameter: 'limit',
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(edge.origin.asked).toHaveLength(0);
  });

  test('tells the origin nothing about the visitor', async () => {
    const headers = {
      authorization: 'Bearer visitor',
      cookie: 'session=1',
      'user-agent': 'Someone/1.0',
      'x-forwarded-host': 'evil.example',
      'accept-encoding': 'zstd, br;q=1.0, gzip;q=0.1',
    };
    await edge.fetch(REVIEWS, { headers });
    const sent = Object.fromEntries(edge.origin.asked[0]?.headers ?? []);
    expect(sent).toEqual({ accept: 'application/json', 'accept-encoding': 'br' });
  });

  test('cannot be refetched by a visitor who asks for that', async () => {
    await edge.fetch(REVIEWS);
    const headers = { 'cache-control': 'no-cache', pragma: 'no-cache' };
    const response = await edge.fetch(REVIEWS, { headers });
    expect(response.headers.get('cache-status')).toContain('hit');
  });

  test('keeps what is between origin and edge from the visitor', async () => {
    const fields = { ...EDGE_LIFE, 'cache-tag': 'shop:demo', 'x-origin': 'db-7', server: 'node' };
    edge.origin.answers(() => json({ reviews: [] }, fields));
    const response = await edge.fetch(REVIEWS);
    for (const name of ['cache-tag', 'cdn-cache-control', 'x-origin', 'server']) {
      expect(response.headers.has(name)).toBe(false);
    }
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
  });

  test('stays new for browsers however long the edge has held it', async () => {
    await edge.fetch(REVIEWS);
    edge.clock.passes(3600);
    const response = await edge.fetch(REVIEWS);
    expect(response.headers.get('age')).toBe('0');
    expect(response.headers.has('date')).toBe(false);
  });

  test.each([
    ['has an id that is too long', `/v1/shops/demo/products/${'x'.repeat(256)}/reviews`],
    ['has an id with a NUL', '/v1/shops/demo/products/%00/reviews'],
  ])('is not found when the product %s', async (_, path) => {
    expect((await edge.fetch(path)).status).toBe(404);
    expect(edge.origin.asked).toHaveLength(0);
  });

  test('names a product with any letters to the origin as it was named here', async () => {
    await edge.fetch('/v1/shops/demo/products/caf%C3%A9%2F1/reviews');
    expect(edge.origin.paths).toEqual(['/v1/shops/demo/products/caf%C3%A9%2F1/reviews']);
  });

  test('answers HEAD with the fields alone, from the same entry', async () => {
    await edge.fetch(REVIEWS);
    const response = await edge.fetch(REVIEWS, { method: 'HEAD' });
    expect(await response.text()).toBe('');
    expect(response.headers.get('cache-status')).toContain('hit');
  });
});

describe('an origin that fails', () => {
  test.each([
    ['is unreachable', () => Promise.reject(new Error('refused')), 503, 'unavailable'],
    ['says that it is unavailable', () => answerWith('', {}, 503), 503, 'unavailable'],
    ['breaks', () => answerWith('stack trace', {}, 500), 502, 'bad-gateway'],
    ['times out itself', () => answerWith('', {}, 504), 504, 'gateway-timeout'],
  ])('and %s becomes a problem document', async (_, failing, status, name) => {
    edge.origin.answers(failing);
    const response = await edge.fetch(REVIEWS);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({ type: `urn:plaudit:problem:${name}` });
  });

  test('does not take away what was read before, for days', async () => {
    await edge.fetch(REVIEWS);
    edge.origin.goesDown();
    for (let day = 1; day <= 7; day++) {
      edge.clock.passes(86_400);
      expect((await edge.fetch(REVIEWS)).status).toBe(200);
      await edge.background.settled();
    }
  });
});

test('after a restart and with the origin down, what was read before goes on', async () => {
  const kept = new Map<string, ArrayBuffer>();
  const answers: Blobs = {
    get: async (name) => kept.get(name),
    put: async (name, bytes) => void kept.set(name, bytes),
    delete: async (name) => void kept.delete(name),
  };
  edge = new TestEdge({}, { answers });
  edge.origin.answers(() => json({ reviews: [] }));
  await edge.fetch(REVIEWS);
  edge = new TestEdge({}, { answers });
  edge.origin.goesDown();
  expect((await edge.fetch(REVIEWS)).headers.get('cache-status')).toContain('hit');
});

describe('ratings', () => {
  const shardOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  /** Every product's rating says which shard it came from. */
  const shards = ({ path }: { path: string }) =>
    json({
      ratings: Object.fromEntries(
        Array.from({ length: 60 }, (_, id) => [
          `p${id}`,
          { average: 4, count: Number(shardOf(path)) },
        ]),
      ),
    });

  test('of any combination come from the shards, each asked for once', async () => {
    edge.origin.answers(shards);
    for (let turn = 0; turn < 200; turn++) {
      const ids = Array.from({ length: 48 }, (_, index) => `p${(turn * 7 + index * 11) % 60}`);
      await edge.fetch(`/v1/shops/demo/ratings?ids=${ids.join(',')}`);
    }
    expect(edge.origin.asked.length).toBeLessThanOrEqual(16);
    expect(new Set(edge.origin.paths).size).toBe(edge.origin.asked.length);
  });

  test('asked for together make one request per shard', async () => {
    edge.origin.answers(shards);
    const reads = Array.from({ length: 48 }, () => edge.fetch('/v1/shops/demo/ratings?ids=p1,p2'));
    await Promise.all(reads);
    expect(new Set(edge.origin.paths).size).toBe(edge.origin.asked.length);
  });

  test('leave out what the shop does not have, and nothing of the prototype gets in', async () => {
    edge.origin.answers(() => json({ ratings: { a: { average: 4.5, count: 2 } } }));
    expect(await edge.json('/v1/shops/demo/ratings?ids=toString,a,__proto__,b')).toEqual({
      ratings: { a: { average: 4.5, count: 2 } },
    });
  });

  test('equal questions get equal bytes and one validator', async () => {
    edge.origin.answers(shards);
    const one = await edge.fetch('/v1/shops/demo/ratings?ids=p2,p1');
    const etag = one.headers.get('etag') ?? '';
    const headers = { 'if-none-match': etag };
    const other = await edge.fetch('/v1/shops/demo/ratings?ids=p1,p2,p2', { headers });
    expect(other.status).toBe(304);
    expect(one.headers.get('cache-control')).toBe('public, max-age=60');
  });

  test('of a listing do not wait for what a purge brings, those of a product page do', async () => {
    const rated = (count: number) => () => {
      const ids = Array.from({ length: 12 }, (_, id) => `p${id}`);
      const ratings = Object.fromEntries(ids.map((id) => [id, { average: 4, count }]));
      return json({ ratings }, { ...EDGE_LIFE, 'cache-tag': 'shop:demo' });
    };
    const listing = `/v1/shops/demo/ratings?ids=${Array.from({ length: 12 }, (_, id) => `p${id}`).join(',')}`;
    edge.origin.answers(rated(1));
    await edge.fetch(listing);
    edge.origin.answers(rated(2));
    await purge({ tags: ['shop:demo'], mode: 'soft' });
    const first = await edge.fetch(listing);
    expect(first.headers.get('cache-status')).toContain('; hit');
    expect(await first.text()).toContain('"count":1');
    await edge.background.settled();
    expect(await (await edge.fetch(listing)).text()).toContain('"count":2');
    edge.origin.answers(rated(3));
    await purge({ tags: ['shop:demo'], mode: 'soft', nonce: 'another' });
    expect(await (await edge.fetch('/v1/shops/demo/ratings?ids=p1')).text()).toContain('"count":3');
  });

  test('come from stale shards when the origin is down', async () => {
    edge.origin.answers(shards);
    await edge.fetch('/v1/shops/demo/ratings?ids=p1');
    edge.origin.goesDown();
    edge.clock.passes(5 * 86_400);
    expect((await edge.fetch('/v1/shops/demo/ratings?ids=p1')).status).toBe(200);
  });

  test.each([
    [
      'an unknown shop',
      () => json({ title: 'no' }, { 'cdn-cache-control': 'max-age=5' }, 404),
      404,
    ],
    ['a dead origin', () => Promise.reject(new Error('refused')), 503],
    ['an origin that talks nonsense', () => answerWith('<html>', EDGE_LIFE), 502],
  ])('of %s are an error that nobody stores', async (_, answer, status) => {
    edge.origin.answers(answer);
    const response = await edge.fetch('/v1/shops/demo/ratings?ids=a');
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('without ids are refused by name', async () => {
    const response = await edge.fetch('/v1/shops/demo/ratings');
    expect(await response.json()).toMatchObject({ status: 400, parameter: 'ids' });
  });
});

describe('the loader', () => {
  test('carries the settings in a form that cannot break out of a script', async () => {
    edge.origin.answers(() => json({ texts: { a: '</script><!--\u2028$&' } }));
    const response = await edge.fetch('/demo/plaudit.js');
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('content-length')).toBe(String(text.length));
    expect(text).toBe(
      '(() => { const settings = {"texts":{"a":"\\u003c/script\\u003e\\u003c!--\\u2028$&"}}; })();',
    );
  });

  test('is compressed for who can read that, under the same validator', async () => {
    edge.origin.answers(() => json({}));
    const plain = await edge.fetch('/demo/plaudit.js');
    const headers = { 'accept-encoding': 'gzip, br' };
    const small = await edge.fetch('/demo/plaudit.js', { headers });
    expect(small.headers.get('content-encoding')).toBe('gzip');
    expect(small.headers.get('vary')).toBe('Accept-Encoding');
    const unzipped = small.body?.pipeThrough(new DecompressionStream('gzip'));
    expect(await new Response(unzipped ?? null).text()).toBe(await plain.text());
    expect(small.headers.get('etag')).toBe(plain.headers.get('etag'));
  });

  test('follows the settings after a purge', async () => {
    edge.origin.answers(() => json({ version: 1 }, { ...EDGE_LIFE, 'cache-tag': 'settings:demo' }));
    await edge.fetch('/demo/plaudit.js');
    edge.origin.answers(() => json({ version: 2 }));
    await purge({ tags: ['settings:demo'], mode: 'soft' });
    expect(await (await edge.fetch('/demo/plaudit.js')).text()).toContain('"version":2');
  });

  test.each([
    ['pt-br', 'pt-BR'],
    ['pt-AO', 'pt'],
    ['de-AT', 'de'],
    ['en', undefined],
    ['ca', undefined],
  ])('of a shop in %s names the translation %s', async (locale, language) => {
    edge.origin.answers(() => json({ locale }));
    const script = await (await edge.fetch('/demo/plaudit.js')).text();
    const settings = /= (\{.*\});/.exec(script)?.[1] ?? '';
    expect(JSON.parse(settings)).toEqual({ locale, ...(language !== undefined && { language }) });
  });

  test('of an unknown shop is still a script', async () => {
    edge.origin.answers(() => json({}, { 'cdn-cache-control': 'max-age=5' }, 404));
    const response = await edge.fetch('/nobody/plaudit.js');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/javascript');
    expect(await response.text()).toMatch(/^\/\*[^*]*\*\/\n$/);
  });
});

describe('static files', () => {
  test('are immutable, readable from any page and sent in the best coding there is', async () => {
    edge.files.set('/assets/reviews-AbC_1.js', 'plain');
    edge.files.set('/assets/reviews-AbC_1.js.br', 'brotli');
    const headers = { 'accept-encoding': 'gzip, br' };
    const response = await edge.fetch('/assets/reviews-AbC_1.js', { headers });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-length': '6',
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'Accept-Encoding',
    });
    const plain = await edge.fetch('/assets/reviews-AbC_1.js', {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(plain.headers.has('content-encoding')).toBe(false);
    expect(await plain.text()).toBe('plain');
  });

  test.each(['missing.js', 'reviews-AbC_1.js.br', '..%2Fworker.js', 'notes.txt'])(
    'never include %s',
    async (name) => {
      edge.files.set('/assets/reviews-AbC_1.js.br', 'brotli').set('/assets/notes.txt', 'text');
      expect((await edge.fetch(`/assets/${name}`)).status).toBe(404);
    },
  );
});

test('reviews of the shop itself have one address at the origin, whatever they are called', async () => {
  const alias = '/v1/shops/demo/products/%40site/reviews';
  edge.origin.answers(() => json({ reviews: [] }));
  await edge.fetch(`${alias}?limit=10`);
  await edge.fetch('/v1/shops/demo/site/reviews');
  await edge.fetch(alias, { method: 'POST', body: '{}' });
  expect(edge.origin.asked).toMatchObject([
    { path: '/v1/shops/demo/site/reviews', method: 'GET' },
    { path: '/v1/shops/demo/site/reviews', method: 'POST' },
  ]);
});

describe('questions and votes', () => {
  const QUESTIONS = '/v1/shops/demo/products/42/questions';

  test('a list of questions is kept in one canonical form, and forgotten by its tag', async () => {
    const fields = {
      'cdn-cache-control': 'max-age=60, stale-while-revalidate=60',
      'cache-tag': 'shop:demo,questions:demo:42',
    };
    edge.origin.answers(() => json({ count: 0, questions: [] }, fields));
    await edge.fetch(`${QUESTIONS}?limit=10&sort=newest&utm_source=x`);
    await edge.fetch(QUESTIONS);
    expect(edge.origin.paths).toEqual([QUESTIONS]);
    const purge = { tags: ['questions:demo:42'], mode: 'hard' } as const;
    expect((await sendPurge(edge, purge)).ok).toBe(true);
    await edge.fetch(QUESTIONS);
    expect(edge.origin.paths).toEqual([QUESTIONS, QUESTIONS]);
    expect((await edge.fetch(`${QUESTIONS}?limit=0`)).status).toBe(400);
  });

  test.each([
    QUESTIONS,
    '/v1/shops/demo/site/reviews',
    '/v1/shops/demo/reviews/r%2F1',
    '/v1/shops/demo/reviews/r%2F1/votes',
    '/v1/shops/demo/questions/q1/votes',
    '/v1/shops/demo/answers/a1/votes',
  ])('what is sent to %s goes through, within the limits of writes', async (path) => {
    edge.origin.answers(() => json({}, {}, 202));
    const response = await edge.fetch(path, { method: 'POST', body: '{}' });
    expect(response.status).toBe(202);
    expect(edge.origin.asked).toMatchObject([{ path, method: 'POST' }]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('ratelimit-policy')).toContain('"shop"');
  });
});

describe('a trace', () => {
  const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-0([01])$/;
  const traces = () => edge.origin.asked.map(({ headers }) => headers.get('traceparent'));
  const forged = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };

  test('begins with each question to the origin, never with a hit or a visitor', async () => {
    edge = new TestEdge({ TRACE_RATIO: '1' });
    edge.origin.answers(() => json({}));
    await edge.fetch(REVIEWS, { headers: forged });
    await edge.fetch(REVIEWS, { headers: forged });
    edge.origin.answers(() => json({ id: '1' }, {}, 201));
    await edge.fetch(REVIEWS, { method: 'POST', body: '{}', headers: forged });
    const [read = '', write = ''] = traces();
    expect(traces()).toEqual([expect.stringMatching(TRACEPARENT), expect.any(String)]);
    expect(read).toMatch(/-01$/);
    expect(write).toMatch(TRACEPARENT);
    expect(new Set([read, write, forged.traceparent].map((text) => text?.slice(3, 35))).size).toBe(
      3,
    );
  });

  test('is of the share that is to be written down, or the origin’s to decide on', async () => {
    edge = new TestEdge({ TRACE_RATIO: '0' });
    await edge.fetch(REVIEWS);
    expect(traces()).toEqual([expect.stringMatching(/-00$/)]);
    edge = new TestEdge();
    await edge.fetch(REVIEWS, { headers: forged });
    expect(traces()).toEqual([null]);
    expect(() => new TestEdge({ TRACE_RATIO: '2' })).toThrow('TRACE_RATIO');
  });
});

describe('a review that is sent', () => {
  const send = (body: string, headers: Record<string, string> = {}) =>
    edge.fetch(REVIEWS, { method: 'POST', body, headers });

  test('reaches the origin with what it needs and nothing else', async () => {
    edge = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-real-ip' });
    edge.origin.answers(() => json({ id: '1' }, { 'set-cookie': 'a=1' }, 201));
    const response = await send('{}', {
      'content-type': 'text/plain',
      cookie: 'session=1',
      'idempotency-key': 'k',
      'plaudit-client-address': 'forged',
      'x-real-ip': '192.0.2.1',
    });
    const {
      'user-agent': _,
      [CLIENT_ADDRESS_PROOF_FIELD]: proof = '',
      ...sent
    } = Object.fromEntries(edge.origin.asked[0]?.headers ?? []);
    expect(sent).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'content-type': 'text/plain',
      'idempotency-key': 'k',
      'plaudit-client-address': '192.0.2.1',
    });
    // Whichever of the two secrets the origin has.
    for (const secret of [PURGE_SECRET, PURGE_SECRET_PREVIOUS]) {
      const told = { address: '192.0.2.1', proof };
      expect(await isClientAddressProven(secret, told, edge.clock.now())).toBe(true);
    }
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.has('set-cookie')).toBe(false);
    expect(response.headers.get('cache-status')).toBe('Plaudit; fwd=method; fwd-status=201');
  });

  test('has no address when nobody trusted tells it', async () => {
    edge.origin.answers(() => json({}, {}, 201));
    await send('{}', { 'plaudit-client-address': 'forged', 'x-real-ip': 'forged' });
    expect(edge.origin.asked[0]?.headers.has('plaudit-client-address')).toBe(false);
  });

  test('is refused above 64 KB without asking the origin', async () => {
    expect((await send('x'.repeat(64 * 1024 + 1))).status).toBe(413);
    expect(edge.origin.asked).toHaveLength(0);
  });

  test('gets a problem document and a time to try again when the origin is down', async () => {
    edge.origin.goesDown();
    const response = await send('{}');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  test('gets the origin’s own explanation of what is wrong with it', async () => {
    const fields = { 'content-type': 'application/problem+json' };
    edge.origin.answers(() => answerWith('{"status":400,"errors":[]}', fields, 400));
    expect(await (await send('{}')).json()).toEqual({ status: 400, errors: [] });
  });
});

const purge = (body: unknown, how: Wrong = {}) => sendPurge(edge, body, how);

describe('a purge', () => {
  const body = { tags: ['Product:demo:42'], mode: 'hard' };

  beforeEach(async () => {
    edge.origin.answers(() => json({}, { ...EDGE_LIFE, 'cache-tag': 'product:demo:42' }));
    await edge.fetch(REVIEWS);
  });

  test.each(['present secret', 'past secret'])('signed with the %s is done', async (secret) => {
    const response = await purge(body, { secret });
    expect(await response.json()).toEqual({ purged: 1 });
    expect((await edge.fetch(REVIEWS)).headers.get('cache-status')).toContain('uri-miss');
  });

  test.each([
    ['forged', { secret: 'guess' }],
    ['altered', { tamper: ' ' }],
    ['old', { ageSeconds: 301 }],
    ['from the future', { ageSeconds: -301 }],
  ])('that is %s is refused', async (_, how) => {
    expect((await purge(body, how)).status).toBe(401);
    expect((await edge.fetch(REVIEWS)).headers.get('cache-status')).toContain('hit');
  });

  test('is refused the second time', async () => {
    expect((await purge(body)).status).toBe(200);
    expect((await purge(body)).status).toBe(401);
  });

  test.each([
    [null],
    [{ tags: 'product:42', mode: 'soft' }],
    [{ tags: [1], mode: 'soft' }],
    [{ tags: [] }],
  ])('of %j is not understood', async (wrong) => {
    expect((await purge(wrong)).status).toBe(400);
  });

  test('is refused when no secret is set', async () => {
    edge = new TestEdge({ PURGE_SECRET: '', PURGE_SECRET_PREVIOUS: '' });
    expect((await purge(body)).status).toBe(401);
  });
});

describe('every answer', () => {
  test.each([
    ['GET', REVIEWS],
    ['GET', '/v1/shops/demo/reviews'],
    ['GET', '/v1/shops/demo/site/reviews'],
    ['POST', '/v1/shops/demo/site/reviews'],
    ['GET', '/v1/shops/demo/settings'],
    ['GET', '/v1/shops/demo/products/42/questions'],
    ['GET', '/v1/shops/demo/products/42/topics'],
    ['POST', '/v1/shops/demo/products/42/questions'],
    ['POST', '/v1/shops/demo/reviews/r1'],
    ['POST', '/v1/shops/demo/reviews/r1/votes'],
    ['GET', '/v1/shops/demo/ratings?ids=1'],
    ['GET', '/v1/shops/demo/ratings'],
    ['GET', '/demo/plaudit.js'],
    ['GET', '/demo/plaudit.js?product=42'],
    ['GET', '/v1/shops/demo/products/42/structured-data.json'],
    ['GET', '/assets/none.js'],
    ['GET', '/healthz'],
    ['GET', '/no/such/page'],
    ['POST', REVIEWS],
    ['POST', '/purge'],
    ['OPTIONS', REVIEWS],
    ['DELETE', REVIEWS],
  ])(
    'to %s %s says what the cache did, who may store it and who may read it',
    async (method, path) => {
      const response = await edge.fetch(path, { method });
      expect(response.headers.get('cache-status')).toMatch(/^Plaudit/);
      expect(response.headers.get('cache-control')).toBeTruthy();
      expectSafe(response);
    },
  );

  test.each([
    [206, { range: 'bytes=0-0' }],
    [304, { 'if-none-match': '"1"' }],
    [416, { range: 'bytes=9999-' }],
  ])('is safe as a %i too', async (status, headers) => {
    edge.origin.answers(() => json({ reviews: [] }, { ...EDGE_LIFE, etag: '"1"' }));
    await edge.fetch(REVIEWS);
    const response = await edge.fetch(REVIEWS, { headers });
    expect(response.status).toBe(status);
    expectSafe(response);
  });

  test('is safe from an origin that fails or says otherwise', async () => {
    const careless = {
      'access-control-allow-credentials': 'true',
      'access-control-allow-origin': 'https://evil.example',
      'content-security-policy': 'default-src *',
      'referrer-policy': 'unsafe-url',
    };
    edge.origin.answers(() => json({ reviews: [] }, { ...EDGE_LIFE, ...careless }));
    expectSafe(await edge.fetch(REVIEWS));
    edge.origin.goesDown();
    const failure = await edge.fetch('/v1/shops/demo/reviews');
    expect(failure.status).toBe(503);
    expectSafe(failure);
  });

  /** Readable by every page without credentials; never sniffed, framed, run as a page or told about. */
  function expectSafe({ headers }: Response): void {
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
    });
    expect(headers.has('access-control-allow-credentials')).toBe(false);
    expect(headers.has('set-cookie')).toBe(false);
  }
});

describe('how long it took', () => {
  const READS = [
    REVIEWS,
    '/v1/shops/demo/settings',
    '/v1/shops/demo/ratings?ids=1',
    '/demo/plaudit.js',
  ];
  const timingOf = async (path: string, init: RequestInit = {}) =>
    (await edge.fetch(path, init)).headers.get('server-timing');

  test.each(READS)('is said of %s: the origin’s time on a miss, none on a hit', async (path) => {
    edge.origin.answers(() => {
      edge.clock.passes(0.25);
      return json({ ratings: {} });
    });
    expect(await timingOf(path)).toBe('cache;desc=miss, origin;dur=250');
    expect(await timingOf(path)).toBe('cache;desc=hit');
    edge.clock.passes(86_401);
    expect(await timingOf(path)).toBe('cache;desc=stale');
  });

  test('is said of a write, and of an origin that failed', async () => {
    expect(await timingOf(REVIEWS, { method: 'POST', body: '{}' })).toBe(
      'cache;desc=pass, origin;dur=0',
    );
    edge.origin.goesDown();
    for (const path of READS.slice(0, 3)) {
      expect(await timingOf(path)).toBe('cache;desc=miss, origin;dur=0');
    }
  });

  test('is not said where another cache would repeat it', async () => {
    edge = new TestEdge({}, { onCloudflare: true });
    edge.origin.answers(() => json({ ratings: {} }));
    for (const path of READS) expect(await timingOf(path)).toBeNull();
  });
});
