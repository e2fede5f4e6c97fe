/** Two shops on one origin: what is read of one does not show that the other is there. */
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../test/databases.ts';
import { startOAuthOrigin, TEST_SECRET, type OAuthOrigin } from '../../test/oauth-origin.ts';
import { makeCanaryShop, type CanaryShop } from '../../test/shop-with-canaries.ts';
import { createApp } from '../app.ts';
import { createSignInServer } from '../auth/sign-in-server.ts';
import { updateModerationRules } from '../domain/moderation/update.ts';
import { moderationRules } from '../domain/moderation/rules.ts';
import { createShop } from '../domain/shops/create.ts';

/** Every read that anybody may make; `ID` is a review, `UPLOAD` a photo. */
const PUBLIC = [
  '/v1/shops/acme/ratings?ids=kettle,own-acme,own-other',
  '/v1/shops/acme/rating-shards/3',
  '/v1/shops/acme/products/kettle/reviews',
  '/v1/shops/acme/products/kettle/reviews?q=canary&sort=helpful',
  '/v1/shops/acme/products/kettle/reviews?q=hidden',
  '/v1/shops/acme/products/own-acme/reviews?limit=100',
  '/v1/shops/acme/products/own-acme/topics',
  '/v1/shops/acme/products/kettle/questions',
  '/v1/shops/acme/site/reviews',
  '/v1/shops/acme/reviews',
  '/v1/shops/acme/reviews?q=canary',
  '/v1/shops/acme/settings',
  '/v1/shops/acme/media/UPLOAD/small.webp',
  '/products/acme/kettle/bottomline',
  '/products/acme/yotpo_site_reviews/bottomline',
  '/products/acme/kettle/reviews',
  '/products/acme/kettle/questions',
  '/products/acme/kettle/qna_bottomline',
  '/reviews/1',
  '/v1/widget/acme/products/products_information',
  '/v1/widget/acme/products/kettle/reviews.json',
  '/v1/widget/acme/products/kettle/questions',
  '/v1/reviews/acme/filter.json?domain_key=kettle',
  '/v1/reviews/acme/filter.json?free_text_search=canary',
  '/v1/widget/acme/images/show/1',
  '/v1/widget/acme/images/1',
  '/v1/widget/acme/images/list?ids=1&ids=2',
  '/v1/widget/acme/albums/product/kettle',
  '/v1/widget/acme/albums/by_name?album_name=x',
  '/v1/apps/acme/bottom_lines',
  '/v1/star_distribution/store/acme/product/kettle',
  '/v3/storefront/store/acme/product/kettle/reviews',
  '/v3/storefront/store/acme/product/kettle/ratings',
  '/v3/storefront/stores/acme/ratings',
  '/v3/storefront/stores/acme/products/kettle/reviewsMedia',
  '/v3/storefront/stores/acme/products/kettle/productData',
];
const CORE = '/core/v3/stores/acme';
/** Every read of the shop's own: lists, counts, searches, exports. */
const OWN = [
  '/api/v1/reviews?limit=100',
  '/api/v1/reviews?q=canary',
  '/api/v1/reviews?status=pending,rejected',
  '/api/v1/reviews/ID',
  '/api/v1/reviews/ID/decisions',
  '/api/v1/reviews/export?emails=true',
  '/api/v1/reviews/export?format=plaudit-csv',
  '/api/v1/reviews/export?format=google-xml',
  '/api/v1/questions',
  '/api/v1/questions?q=canary',
  '/api/v1/questions/ID',
  '/api/v1/products',
  '/api/v1/products/kettle',
  '/api/v1/products/own-acme/variants',
  '/api/v1/products/own-acme/variants/variant-acme',
  '/api/v1/orders',
  '/api/v1/orders/order-acme',
  '/api/v1/customers',
  '/api/v1/settings',
  '/api/v1/settings/versions',
  '/api/v1/settings/versions/1',
  '/api/v1/moderation-rules',
  '/api/v1/webhooks',
  '/api/v1/webhooks/ID',
  '/api/v1/webhooks/ID/deliveries',
  '/api/v1/imports',
  '/api/v1/imports/ID',
  '/api/v1/imports/ID/errors',
  '/api/v1/audit-log?limit=100',
  '/api/v1/openapi.json',
  '/api/v1/docs',
  `${CORE}/products`,
  `${CORE}/products/1`,
  `${CORE}/products/1/variants`,
  `${CORE}/products/1/collections`,
  `${CORE}/collections`,
  `${CORE}/collections/1`,
  `${CORE}/customers`,
  `${CORE}/orders`,
  `${CORE}/orders/1`,
  `${CORE}/orders/1/fulfillments`,
  '/apps/acme/purchases',
  '/v1/apps/acme/reviews',
  '/v1/apps/acme/kettle/reviews',
];
/** What those who look for ways in ask for. */
const INSIDE =
  `/metrics /debug /debug/pprof/ /debug/vars /admin /internal /_internal /status /health
  /healthz/details /actuator/env /api /api/v0/reviews /api/v2/reviews /v0/shops/acme/reviews
  /v2/shops/acme/reviews /api/v1/metrics /api/v1/debug /graphql /console /.env /.git/config /package.json
  /src/main.ts /server-status /trace /heapdump /shops /v1/shops`.split(/\s+/);
/** What is no read of a shop. */
const OTHERS = ['/healthz', '/readyz', '/oauth/', '/.well-known/'];

describeOnEach('a shop beside another', (fixture) => {
  let origin: OAuthOrigin;
  let own: CanaryShop;
  let token: string;
  let alone: Map<string, string>;

  const read = async (path: string, headers: Record<string, string>) => {
    const upload = own.ids.find((id) => id !== 'order-acme') ?? '';
    const filled = path.replace('UPLOAD', upload);
    const answers: string[] = [];
    const ids = filled.includes('/ID') ? own.ids : [''];
    for (const id of ids) {
      const answer = await fetch(origin.url + filled.replace('/ID', `/${id}`), { headers });
      answers.push(`${answer.status} ${await answer.text()}`);
    }
    return answers.join('\n');
  };
  const readAll = async () => {
    const answers = new Map<string, string>();
    for (const path of [...PUBLIC, ...OWN]) {
      const isPublic = PUBLIC.includes(path);
      const authorization = `Bearer ${token}`;
      answers.set(path, await read(path, isPublic ? {} : { authorization }));
    }
    return answers;
  };

  beforeAll(async () => {
    clock.now = new Date();
    const { context } = fixture;
    origin = await startOAuthOrigin(context);
    token = await origin.token(await origin.app({ isShopItself: true }));
    own = await makeCanaryShop(context, 'acme');
    const rules = { ...moderationRules.parse({}), blocklist: ['hidden-acme'] };
    await updateModerationRules(context, 'acme', rules);
    alone = await readAll();
    await makeCanaryShop(context, 'other');
  });
  afterAll(() => origin.close());

  test('TI02: reads the same bytes in every list, count, search and export as when it was alone', async () => {
    const now = await readAll();
    for (const [path, was] of alone) expect([path, now.get(path)]).toEqual([path, was]);
    const telling = [...alone].filter(([, said]) => said.includes('canary-acme'));
    expect(telling.length).toBeGreaterThan(30);
    expect([...now.values()].join('\n')).not.toMatch(/-other/);
  });

  test('TI02, TI08: every read that there is is among those', () => {
    const { context } = fixture;
    const dependencies = { db: context.db, now: context.now, log: pino({ level: 'silent' }) };
    const signIn = createSignInServer({
      ...dependencies,
      issuer: origin.url,
      secrets: [TEST_SECRET],
    });
    const { routes } = createApp({ domain: context, log: dependencies.log, signIn });
    const reads = routes.filter(({ method, path }) => method === 'GET' && !path.includes('*'));
    expect(reads.length).toBeGreaterThan(60);
    const paths = [...PUBLIC, ...OWN].map((path) => path.split('?')[0] ?? '');
    const missing = reads
      .map(({ path }) => path)
      .filter((path) => !OTHERS.some((prefix) => path.startsWith(prefix)))
      .filter((path) => {
        const one = path.replaceAll(/:\w+(?:\{[^/]*\})?/g, '[^/]+');
        return !paths.some((known) => new RegExp(`^${one}$`).test(known));
      });
    expect(missing).toEqual([]);
  });

  test('TI08: shows whoever has its public key what it published, and any page the same', async () => {
    for (const path of PUBLIC) {
      const said = alone.get(path) ?? '';
      expect([path, /hidden-acme|@/.exec(said)?.[0]]).toEqual([path, undefined]);
      const headers = {
        origin: 'https://evil.example',
        cookie: 'a=b',
        authorization: `Bearer ${token}`,
      };
      expect([path, await read(path, headers)]).toEqual([path, said]);
      const { headers: fields } = await fetch(origin.url + path, { headers });
      expect(fields.get('access-control-allow-origin')).toBe('*');
      expect(fields.get('access-control-allow-credentials')).toBeNull();
    }
    // Its key is no secret, and opens nothing else.
    for (const path of OWN.filter((path) => !/openapi|docs/.test(path)))
      expect([path, await read(path, { authorization: 'Bearer acme' })]).toEqual([
        path,
        expect.stringMatching(/^401 /),
      ]);
  });

  test('TI10: has no way in for what is not for it: older versions, figures, debugging', async () => {
    for (const path of INSIDE) {
      const headers = { authorization: `Bearer ${token}` };
      const { status } = await fetch(origin.url + path, { headers });
      expect([path, status]).toEqual([path, 404]);
    }
    const ready = await fetch(`${origin.url}/readyz?verbose=1&full=true`);
    expect(await ready.json()).toEqual({ status: 'ready' });
    expect(await (await fetch(`${origin.url}/healthz`)).json()).toEqual({ status: 'ok' });
  });

  test('TI12: has keys of requests, and a pace, of its own', async () => {
    const { context } = fixture;
    await createShop(context, { appKey: 'third', name: 'Third', autoPublish: true });
    const theirs = await origin.token(await origin.app({}, 'third'));
    const send = async (url: string, body: object, authorization = '') => {
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': 'one key of two shops',
        ...(authorization !== '' && { authorization }),
      };
      const answer = await fetch(origin.url + url, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return { status: answer.status, id: ((await answer.json()) as { id?: string }).id, answer };
    };
    const review = (author: string) => ({
      rating: 5,
      author,
      email: `${author}@example.com`,
      body: author,
    });
    const ids = [
      await send('/v1/shops/acme/products/kettle/reviews', review('one')),
      await send('/v1/shops/third/products/kettle/reviews', review('two')),
      await send('/api/v1/reviews', { productId: 'kettle', ...review('three') }, `Bearer ${token}`),
      await send('/api/v1/reviews', { productId: 'kettle', ...review('four') }, `Bearer ${theirs}`),
    ];
    expect(ids.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(4);
    // The other app has asked once, whatever the first one did.
    expect(ids[3]?.answer.headers.get('ratelimit')).toBe('"app";r=599;t=60');
  });
});
