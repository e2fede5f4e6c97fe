import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../test/browser.ts';
import { clock, describeOnEach } from '../../test/databases.ts';
import {
  basic,
  startOAuthOrigin,
  type OAuthOrigin,
  type TestApp,
} from '../../test/oauth-origin.ts';
import { removeShopFilters } from '../../test/rewrite-statements.ts';
import { digestOfShop, makeCanaryShop, type CanaryShop } from '../../test/shop-with-canaries.ts';

const CALLS = 600;
const AT_ONCE = 20;
const REDIRECT = 'https://app.example/callback';
const VERIFIER = 'v'.repeat(43);

/** One request that a neighbour could send. */
interface Call {
  method: string;
  path: string;
  body?: unknown;
  form?: Record<string, string>;
  file?: string;
}

/** A sequence that is the same in every run. */
function createChoice(seed: number) {
  let state = seed;
  return <T>(choices: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return choices[Math.floor((state / 2 ** 32) * choices.length)] as T;
  };
}

/** Reads and writes of the storefront and of Yotpo's clients: of the own shop, with ids of the other. */
const storefrontCalls = (own: string, id: string, product: string): Call[] => {
  const base = `/v1/shops/${own}`;
  const read = (path: string): Call => ({ method: 'GET', path });
  const write = (path: string, body: unknown): Call => ({ method: 'POST', path, body });
  const search = `sort=newest&q=canary&cursor=${id}`;
  return [
    read(`${base}/reviews`),
    read(`${base}/reviews?${search}`),
    read(`${base}/reviews?q=canary`),
    read(`${base}/ratings?ids=${product},kettle`),
    read(`${base}/rating-shards/3`),
    read(`${base}/settings`),
    read(`${base}/products/${product}/reviews`),
    read(`${base}/products/${product}/reviews?q=hidden&sort=helpful`),
    read(`${base}/products/${product}/questions`),
    read(`${base}/media/${id}/small.webp`),
    write(`${base}/reviews/${id}/votes`, { vote: 'up', voter: 'a-voter-of-the-other-shop' }),
    write(`${base}/questions/${id}/votes`, { vote: 'up', voter: 'a-voter-of-the-other-shop' }),
    write(`${base}/answers/${id}/votes`, { vote: 'up', voter: 'a-voter-of-the-other-shop' }),
    write(`${base}/products/${product}/reviews`, {
      rating: 5,
      author: 'x',
      email: 'x@example.com',
      media: [id],
    }),
    read(`/v1/widget/${own}/products/${product}/reviews.json`),
    read(`/v1/widget/${own}/products/products_information?domain_keys[]=${product}`),
    read(`/v1/widget/${own}/products/${product}/questions`),
    read(`/v1/apps/${own}/bottom_lines`),
    read(`/products/${own}/${product}/bottomline`),
    read(`/products/${own}/${product}/reviews`),
    read(`/products/${own}/${product}/questions`),
    read(`/v3/storefront/store/${own}/product/${product}/reviews`),
  ];
};

/** What the OAuth endpoints could be tricked with. */
const oauthCalls = (theirs: readonly string[], id: string): Call[] =>
  theirs.flatMap((token) => [
    { method: 'POST', path: '/oauth/introspect', form: { token } },
    { method: 'POST', path: '/oauth/introspect', form: { token: id } },
    { method: 'POST', path: '/oauth/revoke', form: { token } },
    {
      method: 'POST',
      path: '/oauth/token',
      form: { grant_type: 'refresh_token', refresh_token: token },
    },
    {
      method: 'POST',
      path: '/oauth/token',
      form: {
        grant_type: 'authorization_code',
        code: token,
        redirect_uri: REDIRECT,
        code_verifier: VERIFIER,
      },
    },
    { method: 'GET', path: `/oauth/userinfo?access_token=${token}` },
  ]);

/** Every operation of the management API, with whatever its document says it takes. */
async function managementCalls(origin: OAuthOrigin, id: string, product: string): Promise<Call[]> {
  const answer = await fetch(`${origin.url}/api/v1/openapi.json`);
  if (!answer.ok) return [];
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, unknown>> };
  const bodies: unknown[] = [
    {},
    { status: 'published' },
    { status: 'rejected', reply: 'x' },
    { body: 'x' },
    { email: 'hidden-other@example.com' },
    { url: 'https://hooks.example/' },
    { since: '2020-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' },
    { ids: [id], status: 'rejected' },
    { productId: product, rating: 1, author: 'x', email: 'x@example.com', shopId: 1 },
  ];
  const queries = ['', '?q=canary', `?product=${product}`, `?cursor=${id}`, '?limit=100'];
  return Object.entries(paths).flatMap(([pattern, operations]) => {
    const path = `/api/v1${pattern.replace(/^\/api\/v1/, '').replaceAll(/\{\w+\}/g, id)}`;
    return Object.keys(operations).flatMap((method): Call[] =>
      method === 'get' || method === 'head'
        ? queries.map((query) => ({ method: 'GET', path: path + query }))
        : [
            ...bodies.map((body) => ({ method: method.toUpperCase(), path, body })),
            { method: method.toUpperCase(), path, file: `product_id,rating\n${product},5\n` },
          ],
    );
  });
}

describeOnEach('shops', (fixture) => {
  let origin: OAuthOrigin;
  let own: CanaryShop;
  let other: CanaryShop;
  let tokens: string[];
  let theirs: string[];
  let app: TestApp;

  /** Every kind of token that an app of a shop can hold. */
  async function gather(shop: CanaryShop): Promise<{ app: TestApp; tokens: string[] }> {
    const { appKey, person } = shop;
    const app = await origin.app({ redirectUris: [REDIRECT] }, appKey);
    const few = await origin.app({ scopes: ['settings:read'] }, appKey);
    const code = async () => {
      const browser = openBrowser(origin.url);
      const url = new URL('/oauth/authorize', origin.url);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: app.clientId,
        redirect_uri: REDIRECT,
        scope: 'openid reviews:read reviews:write questions:read',
        code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      const asked = await browser.submit(await browser.visit(url.href), 'sign-in', person);
      const back = await browser.submit(asked, 'consent');
      return new URL(back.url).searchParams.get('code') ?? '';
    };
    const form = {
      grant_type: 'authorization_code',
      code: await code(),
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
    };
    const answer = await origin.post('/oauth/token', form, { authorization: basic(app) });
    const got = (await answer.json()) as Record<string, string>;
    const revoked = await origin.token(app);
    await origin.post('/oauth/revoke', { token: revoked }, { authorization: basic(app) });
    const forPerson = [got['access_token'], got['refresh_token'], got['id_token']].map(String);
    const forItself = [await origin.token(app), await origin.token(few), revoked];
    return { app, tokens: [...forItself, ...forPerson, await code(), app.secret] };
  }

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    own = await makeCanaryShop(fixture.context, 'acme');
    other = await makeCanaryShop(fixture.context, 'other');
    ({ app, tokens } = await gather(own));
    ({ tokens: theirs } = await gather(other));
    tokens = [...tokens, '', 'nonsense', other.appKey];
  });
  afterAll(() => origin.close());

  async function send({ method, path, body, form, file }: Call, authorization: string) {
    const answer = await fetch(origin.url + path, {
      method,
      headers: {
        ...(authorization !== '' && { authorization }),
        'if-match': '*',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(file !== undefined && { 'content-type': 'text/csv' }),
      },
      redirect: 'manual',
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(file !== undefined && { body: file }),
      ...(form !== undefined && { body: new URLSearchParams(form) }),
    });
    const said = `${JSON.stringify([...answer.headers])}\n${await answer.text()}`;
    return { call: `${method} ${path}`, status: answer.status, said };
  }

  /** Sends many calls of one shop that name things of the other; gives what must not have come back. */
  async function attack(seed: number) {
    const choose = createChoice(seed);
    const before = await digestOfShop(fixture.context, other.id);
    const leaks: string[] = [];
    const broken: string[] = [];
    let good = 0;
    const management = await managementCalls(origin, 'ID', 'PRODUCT');
    const next = (): [Call, string] => {
      const id = choose(other.ids);
      const product = choose(other.productIds);
      const filled = JSON.stringify(management).replaceAll('ID', id).replaceAll('PRODUCT', product);
      const groups = [
        storefrontCalls(own.appKey, id, product),
        oauthCalls(theirs, id),
        JSON.parse(filled) as Call[],
      ].filter((calls) => calls.length > 0);
      const call = choose(choose(groups));
      const bearer = `Bearer ${choose(tokens)}`;
      return [call, call.form ? choose([basic(app), bearer]) : bearer];
    };
    for (let sent = 0; sent < CALLS; sent += AT_ONCE) {
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => send(...next())));
      for (const { call, status, said } of answers) {
        if (status === 200) good += 1;
        if (status >= 500) broken.push(`${call}: ${status}`);
        if (/(?:canary|hidden)-other|"active":true/.test(said)) leaks.push(`${call}: ${said}`);
      }
    }
    const after = await digestOfShop(fixture.context, other.id);
    return { leaks, broken, good, before, after };
  }

  test('TI01: read and change nothing of each other, whatever an app tries with whatever token', async () => {
    const { leaks, broken, good, before, after } = await attack(1);
    expect(leaks).toEqual([]);
    expect(broken).toEqual([]);
    expect(after).toEqual(before);
    expect(good).toBeGreaterThan(CALLS / 10);
  });

  test('TI04: are kept apart by row-level security alone, without any filter of the domain', async () => {
    const { db } = fixture.context;
    const rewriting = removeShopFilters(db, { withRowSecurity: true });
    try {
      const { leaks, good, before, after } = await attack(2);
      expect(leaks).toEqual([]);
      expect(after).toEqual(before);
      expect(good).toBeGreaterThan(CALLS / 10);
      expect(rewriting.removed).toBeGreaterThan(CALLS / 4);
    } finally {
      rewriting.end();
    }
  });

  test('are not without both, or these tests would see nothing', async () => {
    const { db } = fixture.context;
    const rewriting = removeShopFilters(db, { withRowSecurity: false });
    try {
      const leaks = [];
      for (const call of storefrontCalls(own.appKey, 'x', 'own-other')) {
        if (call.method !== 'GET') continue;
        const { said } = await send(call, '');
        if (said.includes('canary-other')) leaks.push(call.path);
      }
      expect(leaks.length).toBeGreaterThan(3);
    } finally {
      rewriting.end();
    }
  });

  test('have tokens that are good in their own shop all the while', async () => {
    const [forItself = ''] = tokens;
    const form = { token: forItself };
    const answer = await origin.post('/oauth/introspect', form, { authorization: basic(app) });
    expect(await answer.json()).toMatchObject({ active: true });
  });
});
