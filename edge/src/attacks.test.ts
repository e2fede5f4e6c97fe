/**
 * Poisoning, deception and key explosion: what a hostile visitor tries on a shared cache. The names
 * begin with the line of the security checklist; what needs a raw socket is in `built/`.
 */
import { productTag, REVIEW_PARAMETERS, reviewsTag, settingsTag, shopTag } from '@plaudit/contract';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith, type Asked } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

const LIFE = {
  'content-type': 'application/json',
  'cdn-cache-control': 'max-age=600, stale-while-revalidate=600, stale-if-error=600',
  'cache-control': 'public, max-age=60',
  etag: '"1"',
};
const REVIEWS = '/v1/shops/demo/products/42/reviews';

let edge: TestEdge;

/** An origin that reflects everything it is told, as a careless one would. */
const reflect = ({ path, headers }: Asked) =>
  answerWith(JSON.stringify({ ratings: {}, path, headers: [...headers] }), LIFE);

beforeEach(() => {
  edge = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-real-ip' });
  edge.origin.answers(reflect);
});

const clean = async (path = REVIEWS) => (await edge.fetch(path)).text();

/** Every route whose answers are stored. */
const CACHEABLE = [
  REVIEWS,
  '/v1/shops/demo/reviews',
  '/v1/shops/demo/settings',
  '/v1/shops/demo/ratings?ids=1,2',
  '/demo/plaudit.js',
];

type Read = [status: number, body: string];

const asRead = async (response: Response): Promise<Read> => [
  response.status,
  await response.text(),
];

/** What the first reader of an edge gets. */
async function firstRead(path: string): Promise<Read> {
  const fresh = new TestEdge();
  fresh.origin.answers(reflect);
  return asRead(await fresh.fetch(path));
}

/** What the next reader gets after somebody read like this first. */
async function nextRead(path: string, init: RequestInit): Promise<Read> {
  edge = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-real-ip' });
  edge.origin.answers(reflect);
  await edge.fetch(path, init);
  return asRead(await edge.fetch(path));
}

describe('CP01 oversized fields', () => {
  test.each([8, 12, 16, 17, 24, 31])('of %i KB, in one or in many, break nothing', async (kb) => {
    const many = Array.from({ length: kb }, (_, field) => [`x-field-${field}`, 'y'.repeat(1000)]);
    expect(await nextRead(REVIEWS, { headers: { 'x-large': 'y'.repeat(kb * 1024) } })).toEqual(
      await firstRead(REVIEWS),
    );
    expect(await nextRead(REVIEWS, { headers: many as [string, string][] })).toEqual(
      await firstRead(REVIEWS),
    );
  });
});

describe('CP03 methods', () => {
  const OVERRIDES = ['x-http-method-override', 'x-http-method', 'x-method-override'];
  const METHODS = ['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

  test.each(
    OVERRIDES.flatMap((field) =>
      [...METHODS, 'TRACE', 'JUNK'].map((method) => [field, method] as const),
    ),
  )('are not changed by %s: %s', async (field, method) => {
    expect(await nextRead(REVIEWS, { headers: { [field]: method } })).toEqual(
      await firstRead(REVIEWS),
    );
    expect(edge.origin.asked.map(({ method }) => method)).toEqual(['GET']);
  });

  test.each(METHODS)('%s changes nothing for who reads next', async (method) => {
    const expected = await clean();
    await edge.fetch(REVIEWS, { method });
    expect(await clean()).toBe(expected);
  });
});

describe('CP04 no field of a visitor', () => {
  const KNOWN = [
    ...['host', 'for', 'proto', 'port', 'prefix', 'scheme', 'server', 'path', 'ssl', 'user'].map(
      (what) => `x-forwarded-${what}`,
    ),
    ...['url', 'uri', 'host', 'path', 'method'].map((what) => `x-original-${what}`),
    ...['url', 'uri', 'path'].map((what) => `x-rewrite-${what}`),
    'x-host',
    'x-real-ip',
    'x-wap-profile',
    'x-amz-website-redirect-location',
    'x-oversized',
    'true-client-ip',
    'cf-connecting-ip',
    'fastly-client-ip',
    'client-ip',
    'forwarded',
    'via',
    'plaudit-client-address',
    'plaudit-signature',
    'cache-tag',
    'surrogate-key',
    'cookie',
    'cdn-cache-control',
    'cloudflare-cdn-cache-control',
    'cache-control',
    'pragma',
    'age',
    'content-type',
    'referer',
    'user-agent',
    'authorization',
    'origin',
    'accept',
    'warning',
  ];

  test.each(CACHEABLE)('changes what is stored of %s', async (path) => {
    const [status, expected] = await nextRead(path, {});
    expect(status).toBe(200);
    const asked = edge.origin.asked.map(({ path, headers }) => [path, ...headers]);
    for (const name of KNOWN) {
      edge = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-real-ip' });
      edge.origin.answers(reflect);
      await edge.fetch(path, { headers: { [name]: 'evil.example' } });
      expect(await clean(path)).toBe(expected);
      // What the origin was asked is the same for any field at all, so what it answered is too.
      expect(edge.origin.asked.map(({ path, headers }) => [path, ...headers])).toEqual(asked);
    }
  });

  test('of any name reaches the origin', async () => {
    const name = fc
      .stringMatching(/^[a-z][a-z0-9-]{0,30}$/)
      .filter((name) => name !== 'accept-encoding');
    await fc.assert(
      fc.asyncProperty(name, fc.stringMatching(/^[!-~]{1,40}$/), async (name, value) => {
        edge.origin.asked.length = 0;
        await edge.fetch(`${REVIEWS}?rating=${1 + (value.length % 5)}`, {
          headers: { [name]: value },
        });
        for (const { headers } of edge.origin.asked) {
          expect([...headers.keys()]).toEqual(['accept', 'accept-encoding']);
        }
      }),
    );
  });
});

describe('CP05 unknown parameters', () => {
  test('are dropped from key, question and answer, whatever their name', async () => {
    const expected = await clean();
    const name = fc
      .string({ minLength: 1 })
      .filter((name) => !REVIEW_PARAMETERS.includes(name as never));
    await fc.assert(
      fc.asyncProperty(name, fc.string(), async (name, value) => {
        const search = new URLSearchParams([[name, `evil${value}`]]);
        expect(await clean(`${REVIEWS}?${String(search)}`)).toBe(expected);
      }),
    );
    expect(edge.origin.asked).toHaveLength(1);
  });

  test.each(CACHEABLE)('change nothing of %s', async (path) => {
    const expected = await clean(path);
    const join = path.includes('?') ? '&' : '?';
    for (const name of ['utm_source', 'callback', 'debug', '_', 'cb', 'lang', 'host']) {
      expect(await clean(`${path}${join}${name}=evil`)).toBe(expected);
    }
  });
});

describe('CP06, CP07 the key of a question', () => {
  const known = {
    sort: fc.constantFrom('newest', 'relevant'),
    rating: fc.shuffledSubarray(['1', '2', '3'], { minLength: 3 }).map(String),
    locale: fc.constant('de'),
    limit: fc.constant('10'),
  };
  const names = new Set<string>(REVIEW_PARAMETERS);
  const stranger = fc.stringMatching(/^[a-z_]{1,8}\[?$/).filter((name) => !names.has(name));
  const junk = fc.dictionary(stranger, fc.string({ maxLength: 5 }));

  test('CP07 is one for all orders, defaults and strangers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record(known, { requiredKeys: ['rating'] }),
        junk,
        async (wanted, strange) => {
          const pairs = Object.entries({ ...strange, ...wanted }).toReversed();
          await edge.fetch(`${REVIEWS}?${String(new URLSearchParams(pairs))}`);
        },
      ),
    );
    // Two sorts, with and without a locale.
    expect(new Set(edge.origin.paths).size).toBeLessThanOrEqual(4);
    expect(edge.origin.asked.length).toBe(new Set(edge.origin.paths).size);
  });

  test.each([
    '?limit=1&limit=2',
    '?limit=1;limit=2',
    '?limit[]=1&limit=x',
    '?sort=newest%00',
    '?sort=newest%26limit%3D1',
    '?rating=1|2',
    '?cursor=../../admin',
    '?q=%00',
  ])('CP06 is never made of %s', async (search) => {
    const response = await edge.fetch(REVIEWS + search);
    expect([response.status, edge.origin.asked.length]).toEqual([400, 0]);
  });

  test('CP06 cannot be joined with another by what it is made of', async () => {
    const ids = ['a b', 'a%20b br', 'a/b', 'a?sort=newest', 'a#b', 'a\nb', 'a__b', 'a|b'];
    for (const id of ids) {
      await edge.fetch(`/v1/shops/demo/products/${encodeURIComponent(id)}/reviews`);
    }
    expect(new Set(edge.origin.paths).size).toBe(ids.length);
  });
});

describe('CP08 a path', () => {
  test.each([
    '//v1/shops/demo/products/42/reviews',
    '/v1//shops/demo/products/42/reviews',
    '/v1/shops/demo/products/42/reviews/',
    '/v1/shops/demo/products/42/reviews%20',
    '/v1/shops/demo/products/42/reviews.',
    '/v1/shops/demo/products/42/reviews%00',
    '/v1/shops/demo/products/42/reviews%3f',
    '/v1/shops/demo/products/42/reviews%23',
    '/v1/shops/demo/products/42/reviews;x=1',
    '/v1/shops/demo/products/42/Reviews',
    '/V1/shops/demo/products/42/reviews',
    '/v1/shops/demo/products/42%2freviews',
    '/v1/shops/demo/products/42%5creviews',
    '/v1%2fshops/demo/products/42/reviews',
    '/v1/shops/demo/%2e%2e%2fdemo/reviews',
  ])('such as %s is nothing here, and the origin is not asked', async (path) => {
    const response = await edge.fetch(path);
    expect([response.status, edge.origin.asked.length]).toEqual([404, 0]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('that a URL parser shortens is the short one, to edge and origin alike', async () => {
    for (const path of [
      '/./v1/shops/demo/x/../products/42/reviews',
      '/v1/%2e/shops/demo/products/42/reviews',
    ]) {
      await edge.fetch(path);
    }
    expect(edge.origin.paths).toEqual([REVIEWS]);
  });

  test('with a part that is not well-formed names nothing of another shop', async () => {
    for (const id of ['..%2f..%2fother%2fsettings', '%2e%2e', '%5c..', '%252e%252e%252f']) {
      await edge.fetch(`/v1/shops/demo/products/${id}/reviews`);
    }
    for (const path of edge.origin.paths) {
      const { pathname } = new URL(path, 'https://origin.example');
      expect(pathname.startsWith('/v1/shops/demo/')).toBe(true);
    }
  });
});

describe('CP09 a private page dressed up as a static file', () => {
  const DELIMITERS = [
    ...Array.from(';,!$&\'()*+=:@~|^`{}[]<>\\" '),
    '%00',
    '%0a',
    '%09',
    '%23',
    '%3f',
    '%2f',
  ];
  const SUFFIXES = ['css', 'js', 'png', 'ico', 'woff2', 'svg', 'txt', 'json', 'map', 'avif'].map(
    (type) => `x.${type}`,
  );
  const PATHS = ['/api/v1/orders', '/purge', '/healthz', '/account'].flatMap((page) =>
    DELIMITERS.flatMap((delimiter) => SUFFIXES.map((suffix) => `${page}${delimiter}${suffix}`)),
  );

  test('is nothing here', async () => {
    for (const path of PATHS) {
      const { status, headers } = await edge.fetch(path);
      expect([path, status, headers.get('cache-control')]).toEqual([path, 404, 'no-store']);
    }
    expect(edge.origin.asked).toHaveLength(0);
  }, 30_000);

  test('is stored by nobody where the edge is a proxy and the origin says that it is private', async () => {
    edge = new TestEdge({ PROXY: 'on' });
    edge.origin.answers(() => answerWith('account', { 'cache-control': 'private, no-store' }));
    for (const path of PATHS.slice(0, 100)) {
      await edge.fetch(path);
      expect((await edge.fetch(path)).headers.get('cache-status')).not.toContain('hit');
    }
    expect(edge.origin.asked).toHaveLength(200);
  });
});

describe('CP10 credentials', () => {
  test.each(['cookie', 'authorization'])('in %s never reach a page for all', async (name) => {
    expect(await nextRead(REVIEWS, { headers: { [name]: 'session=secret' } })).toEqual(
      await firstRead(REVIEWS),
    );
    expect(JSON.stringify(edge.origin.asked.map(({ headers }) => [...headers]))).not.toContain(
      'secret',
    );
  });

  test('in a proxied request keep its answer from being stored', async () => {
    edge = new TestEdge({ PROXY: 'on' });
    edge.origin.answers(() => answerWith('mine', { 'cache-control': 'max-age=60' }));
    await edge.fetch('/page', { headers: { authorization: 'Bearer secret' } });
    expect((await edge.fetch('/page')).headers.get('cache-status')).not.toContain('hit');
  });

  test.each([{}, { PROXY: 'on' }])('in Set-Cookie are stored by nobody (%j)', async (env) => {
    edge = new TestEdge(env);
    edge.origin.answers(() => answerWith('{}', { ...LIFE, 'set-cookie': 'session=secret' }));
    for (const path of env.PROXY ? ['/page'] : CACHEABLE) {
      await edge.fetch(path);
      const { headers } = await edge.fetch(path);
      expect(headers.get('cache-status')).not.toContain('hit');
      expect(headers.has('set-cookie')).toBe(env.PROXY === 'on');
    }
  });
});

describe('CP11 what a visitor wants of an answer', () => {
  test.each([
    ['range', 'bytes=0-0'],
    ['range', 'bytes=5-1'],
    ['if-range', '"other"'],
    ['if-none-match', '*'],
    ['if-none-match', '"1"'],
    ['if-match', '"none"'],
    ['if-modified-since', 'Thu, 01 Jan 2099 00:00:00 GMT'],
    ['if-unmodified-since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['accept', 'text/evil'],
    ['accept-language', 'evil'],
    ['accept-encoding', 'evil, *;q=0'],
    ['origin', 'https://evil.example'],
    ['upgrade', 'websocket'],
    ['expect', '100-continue'],
    ['cache-control', 'no-store'],
    ['cache-control', 'only-if-cached'],
    ['pragma', 'no-cache'],
  ])('with %s: %s changes nothing for who reads next', async (name, value) => {
    for (const path of CACHEABLE) {
      expect(await nextRead(path, { headers: { [name]: value } })).toEqual(await firstRead(path));
      expect(await nextRead(path, { method: 'HEAD', headers: { [name]: value } })).toEqual(
        await firstRead(path),
      );
    }
  });
});

describe('CP12 an answer that is not one', () => {
  const json = { 'content-type': 'application/json' };
  const kept = { 'cache-control': 'public, max-age=600', 'cdn-cache-control': 'max-age=600' };
  const WRONG: [string, () => Response][] = [
    ...[301, 302, 303, 307, 308].map((status): [string, () => Response] => [
      `a ${status}`,
      () => answerWith('{}', { ...json, ...kept, location: 'https://evil.example/' }, status),
    ]),
    ...[400, 401, 403, 404, 405, 410, 429, 451, 500, 501, 502, 503, 504].map(
      (status): [string, () => Response] => [
        `a ${status}`,
        () => answerWith('{}', { ...json, ...kept }, status),
      ],
    ),
    ['a page of HTML', () => answerWith('<html>', { ...kept, 'content-type': 'text/html' })],
    ['nothing at all', () => answerWith('', { ...json, ...kept })],
    ['a 204', () => new Response(null, { status: 204, headers: kept })],
    ['a 206', () => answerWith('{', { ...json, ...kept }, 206)],
    ['half a body', () => new Response(halfBody(), { headers: { ...json, ...kept } })],
  ];

  test.each(WRONG)('such as %s takes no good one’s place', async (_, answer) => {
    const before = await clean();
    edge.origin.answers(answer);
    edge.clock.passes(601);
    for (let reading = 0; reading < 3; reading++) {
      expect(await clean()).toBe(before);
      await edge.background.settled();
      edge.clock.passes(6);
    }
    expect(edge.origin.asked.length).toBeGreaterThan(1);
  });

  test.each(WRONG)('such as %s is remembered for seconds at most', async (_, answer) => {
    edge.origin.answers(answer);
    const response = await edge.fetch(REVIEWS);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.headers.get('cache-control')).toBe('no-store');
    edge.origin.answers(reflect);
    edge.clock.passes(5);
    expect((await edge.fetch(REVIEWS)).status).toBe(200);
  });

  function halfBody(): ReadableStream {
    return new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"rev'));
        controller.error(new Error('cut'));
      },
    });
  }
});

test('CP13 no answer forbids stale ones, or leaves it open who may store it', async () => {
  const paths = [...CACHEABLE, '/healthz', '/nothing', '/assets/none.js', `${REVIEWS}?limit=x`];
  for (const path of paths) {
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS']) {
      const value = (await edge.fetch(path, { method })).headers.get('cache-control') ?? '';
      expect(value).toMatch(/no-store|max-age/);
      expect(value).not.toMatch(/s-maxage|must-revalidate|proxy-revalidate/);
    }
  }
});

describe('CP14 variants', () => {
  test('are by coding alone, whatever the origin says', async () => {
    edge.origin.answers(() =>
      answerWith('{}', { ...LIFE, vary: 'Cookie, Origin, User-Agent, Accept-Encoding, X-Any' }),
    );
    for (let visitor = 0; visitor < 100; visitor++) {
      const coding = ['gzip', 'br', 'identity', `x-${visitor}`, `gzip;q=0.${visitor}, br`][
        visitor % 5
      ];
      const headers = {
        'accept-encoding': coding ?? '',
        cookie: `id=${visitor}`,
        origin: `https://shop-${visitor}.example`,
        'user-agent': `browser/${visitor}`,
      };
      const response = await edge.fetch(REVIEWS, { headers });
      expect(response.headers.get('vary')).toBe('Accept-Encoding');
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.has('access-control-allow-credentials')).toBe(false);
    }
    expect(edge.origin.asked).toHaveLength(3);
  });
});

describe('CP15 nothing is made of what a visitor says the host is', () => {
  const headers = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'evil',
    forwarded: 'host=evil.example',
  };

  test.each([...CACHEABLE, '/nothing', `${REVIEWS}?limit=x`, '/assets/none.js'])(
    '%s',
    async (path) => {
      const response = await edge.fetch(path, { headers });
      expect(`${JSON.stringify([...response.headers])}${await response.text()}`).not.toContain(
        'evil',
      );
    },
  );
});

describe('CP17 a purge', () => {
  const tagged = (shop: string) => answerWith('{}', { ...LIFE, 'cache-tag': `shop:${shop}` });
  const other = '/v1/shops/other/settings';
  const isHit = async (path: string) =>
    (await edge.fetch(path)).headers.get('cache-status')?.includes('hit');

  beforeEach(async () => {
    edge.origin.answers(({ path }) => tagged(path.split('/')[3] ?? ''));
    await edge.fetch('/v1/shops/demo/settings');
    await edge.fetch(other);
  });

  test('of one shop leaves every other shop’s pages', async () => {
    await sendPurge(edge, { tags: ['shop:demo'], mode: 'hard' });
    expect([await isHit('/v1/shops/demo/settings'), await isHit(other)]).toEqual([false, true]);
  });

  test('by a part of a tag, or by a wildcard, is of nothing', async () => {
    const tags = ['shop', 'shop:', 'shop:*', '*', '', 'shop:dem', 'shop:demo,shop:other'];
    await sendPurge(edge, { tags, mode: 'hard' });
    expect([await isHit('/v1/shops/demo/settings'), await isHit(other)]).toEqual([true, true]);
  });

  test('that is not signed, or sent again, is refused, however often', async () => {
    const body = { tags: ['shop:demo'], mode: 'soft' };
    expect((await sendPurge(edge, body)).status).toBe(200);
    for (let attempt = 0; attempt < 100; attempt++) {
      expect((await sendPurge(edge, body)).status).toBe(401);
      expect((await sendPurge(edge, body, { secret: `guess ${attempt}` })).status).toBe(401);
    }
  });
});

test('CP18 tags from any data are ones that a platform keeps', () => {
  const any = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(any, any, any, any, (shop, product, otherShop, otherProduct) => {
      const tags = [shopTag(shop), productTag(shop, product), settingsTag(shop), reviewsTag(shop)];
      for (const tag of tags) {
        expect(tag).toMatch(/^[!-+\--~]{1,1024}$/);
        expect(tag).toBe(tag.toLowerCase());
      }
      const isSame = shop === otherShop && product === otherProduct;
      expect(productTag(shop, product) === productTag(otherShop, otherProduct)).toBe(isSame);
    }),
  );
}, 30_000);

test('CP19 nothing of what is between edge and origin reaches a visitor', async () => {
  const inner = {
    'cache-tag': 'shop:demo',
    'cdn-cache-control': 'max-age=600',
    'cloudflare-cdn-cache-control': 'max-age=600',
    'surrogate-key': 'demo',
    server: 'node',
    'x-origin': 'db-7',
    'x-powered-by': 'node',
    'plaudit-token': 'secret',
    via: '1.1 inside',
  };
  edge.origin.answers(() => answerWith('{"ratings":{}}', { ...LIFE, ...inner }));
  for (const path of [...CACHEABLE, ...CACHEABLE]) {
    const { headers } = await edge.fetch(path);
    for (const name of Object.keys(inner))
      expect([path, name, headers.get(name)]).toEqual([path, name, null]);
  }
});

test('a purge under a hundred readers costs one request, and nobody keeps the old page', async () => {
  const version = (text: string) => answerWith(text, { ...LIFE, 'cache-tag': 'product:demo:42' });
  const before = edge.origin.holds(() => version('old'));
  const early = Array.from({ length: 100 }, clean);
  await sendPurge(edge, { tags: ['product:demo:42'], mode: 'soft' });
  const after = edge.origin.holds(() => version('new'));
  const late = Array.from({ length: 100 }, clean);
  before.open();
  after.open();
  expect(new Set(await Promise.all(early))).toEqual(new Set(['old']));
  expect(new Set(await Promise.all(late))).toEqual(new Set(['new']));
  expect(edge.origin.asked).toHaveLength(2);
  expect(await clean()).toBe('new');
});

test('two thousand pages fit into a memory that holds a few: the newest and the loved stay', async () => {
  edge = new TestEdge({ CACHE_MEMORY_BYTES: '150000' });
  edge.origin.answers(() => answerWith('x'.repeat(1000), LIFE));
  const loved = '/v1/shops/demo/products/loved/reviews';
  await edge.fetch(loved);
  for (let page = 0; page < 2_000; page++) {
    await edge.fetch(`/v1/shops/demo/products/${page}/reviews`);
    if (page % 20 === 0) await edge.fetch(loved);
  }
  expect(edge.origin.paths.filter((path) => path === loved)).toHaveLength(1);
  const newest = await edge.fetch('/v1/shops/demo/products/1999/reviews');
  expect(newest.headers.get('cache-status')).toContain('hit');
}, 30_000);
