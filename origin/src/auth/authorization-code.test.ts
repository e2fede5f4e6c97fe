import { createHash } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openBrowser, type Browser, type Visit } from '../../test/browser.ts';
import { clock, describeOnEach } from '../../test/databases.ts';
import { faultsOf } from '../../test/own-page.ts';
import {
  basic,
  startOAuthOrigin,
  TEST_SECRET,
  type OAuthOrigin,
  type TestApp,
} from '../../test/oauth-origin.ts';
import { pino } from 'pino';
import { listActs } from '../domain/audit/list.ts';
import { createShop } from '../domain/shops/create.ts';
import { findShop } from '../domain/shops/find.ts';
import { createAuthenticate } from './authenticate.ts';
import { createSecretCheck } from './check-secret.ts';
import { addPerson } from './people/add.ts';
import { listConsents, withdrawConsent } from './people/consents.ts';
import { removePerson } from './people/remove.ts';

const REDIRECT = 'https://app.example/callback';
const MARA = { email: 'mara@example.com', password: 'correct horse battery' };
const insecure = { [oauth.allowInsecureRequests]: true };
const VERIFIER = 'v'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

describeOnEach('an app that acts for a person', (fixture) => {
  let origin: OAuthOrigin;
  let app: TestApp;
  let native: TestApp;
  let browser: Browser;
  let shopId: number;
  const check = (token: unknown) => createAuthenticate(fixture.context)(`Bearer ${String(token)}`);

  const address = (more: Record<string, string | undefined> = {}) => {
    const url = new URL('/oauth/authorize', origin.url);
    const asked = {
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: REDIRECT,
      scope: 'reviews:read reviews:write',
      state: 'a state',
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      ...more,
    };
    for (const [name, value] of Object.entries(asked))
      if (value !== undefined) url.searchParams.set(name, value);
    return url.href;
  };
  /** Goes through what is asked, as somebody who agrees. */
  const agree = async (url: string, who = browser, person = MARA): Promise<Visit> => {
    let page = await who.visit(url);
    if (page.text.includes('/sign-in"')) page = await who.submit(page, 'sign-in', person);
    if (page.text.includes('/consent"')) page = await who.submit(page, 'consent');
    return page;
  };
  const codeOf = ({ url }: Visit) => new URL(url).searchParams.get('code') ?? `none: ${url}`;
  const redeem = (code: string, more: Record<string, string> = {}, who = app) =>
    origin.post(
      '/oauth/token',
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: REDIRECT,
        code_verifier: VERIFIER,
        ...more,
      },
      { authorization: basic(who) },
    );
  const tokens = async (answer: Promise<Response>) =>
    (await (await answer).json()) as Record<string, unknown>;
  const refresh = (token: unknown, more: Record<string, string> = {}) =>
    origin.post(
      '/oauth/token',
      { grant_type: 'refresh_token', refresh_token: String(token), ...more },
      { authorization: basic(app) },
    );

  beforeAll(async () => {
    clock.now = new Date();
    const { context } = fixture;
    await createShop(context, { appKey: 'other', name: 'Other', autoPublish: true });
    ({ id: shopId } = await findShop(context.db, 'acme'));
    await addPerson(context, [TEST_SECRET], 'acme', MARA);
    origin = await startOAuthOrigin(context);
    app = await origin.app({
      name: 'Board <b>',
      scopes: ['reviews:read', 'reviews:write'],
      redirectUris: [REDIRECT],
    });
    native = await origin.app({
      redirectUris: ['http://127.0.0.1/callback', 'com.example.app:/callback'],
      isPublic: true,
    });
    browser = openBrowser(origin.url);
  });
  afterAll(() => origin.close());
  afterEach(() => {
    vi.useRealTimers();
  });
  const passTime = (seconds: number) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
  };

  test('OA23, OA28: signs a person in by openid-client, and renews its tokens', async () => {
    const config = await openid.discovery(
      new URL(origin.url),
      app.clientId,
      undefined,
      openid.ClientSecretBasic(app.secret),
      { execute: [openid.allowInsecureRequests] },
    );
    const verifier = openid.randomPKCECodeVerifier();
    const [state, nonce] = [openid.randomState(), openid.randomNonce()];
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      scope: 'openid reviews:read',
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const back = await agree(url.href);
    const got = await openid.authorizationCodeGrant(config, new URL(back.url), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
    const sub = got.claims()?.sub ?? '';
    expect(await openid.fetchUserInfo(config, got.access_token, sub)).toEqual({ sub });
    expect(await check(got.access_token)).toEqual({
      shopId,
      appId: app.clientId,
      scopes: ['reviews:read'],
    });
    const renewed = await openid.refreshTokenGrant(config, got.refresh_token ?? '');
    expect(await check(renewed.access_token)).toMatchObject({ scopes: ['reviews:read'] });
    await openid.tokenRevocation(config, renewed.refresh_token ?? '');
    expect(await check(renewed.access_token)).toBeUndefined();
    const acts = await listActs(fixture.context.db, 'acme', 10);
    expect(acts).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ verb: 'person.consent', actor: `person:${sub}` }),
        expect.objectContaining({ verb: 'person.sign-in', actor: `person:${sub}` }),
      ]),
    );
  });

  test('OA02, OA23, OA25, OA28: gets its tokens on any port of the loopback by oauth4webapi, without a secret', async () => {
    const issuer = new URL(origin.url);
    const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
    const server = await oauth.processDiscoveryResponse(issuer, found);
    const client = { client_id: native.clientId };
    const redirect = 'http://127.0.0.1:54321/callback';
    const verifier = oauth.generateRandomCodeVerifier();
    const asked = address({
      client_id: native.clientId,
      redirect_uri: redirect,
      scope: 'reviews:read',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    });
    for (let time = 0; time < 2; time += 1) {
      // Nobody can tell who runs as this app: it is asked about each time.
      const page = await browser.visit(asked);
      expect(page.text).toContain('See reviews');
      const back = await browser.submit(page, 'consent');
      const parameters = oauth.validateAuthResponse(server, client, new URL(back.url), 'a state');
      const proof = oauth.None();
      const args = [server, client, proof, parameters, redirect, verifier, insecure] as const;
      const answer = await oauth.authorizationCodeGrantRequest(...args);
      const got = await oauth.processAuthorizationCodeResponse(server, client, answer);
      expect(await check(got.access_token)).toMatchObject({ scopes: ['reviews:read'] });
      const more = [server, client, proof, got.refresh_token ?? '', insecure] as const;
      const renewed = await oauth.refreshTokenGrantRequest(...more);
      await oauth.processRefreshTokenResponse(server, client, renewed);
    }
  });

  test.each([
    ['https://app.example/Callback'],
    ['https://app.example/callback/'],
    ['https://app.example/callback?x=1'],
    ['https://app.example/callback#x'],
    ['https://app.example/x/../callback'],
    ['https://app.example/%63allback'],
    ['https://app.example:443/callback'],
    ['https://app.example:8443/callback'],
    ['https://APP.example/callback'],
    ['https://user@app.example/callback'],
    ['https://app.example@evil.example/callback'],
    ['https://evil.app.example/callback'],
    ['https://app.example.evil.example/callback'],
    ['https://app.example./callback'],
    ['http://app.example/callback'],
    ['https://аpp.example/callback'],
    ['https://app.example\\.evil.example/callback'],
    ['//app.example/callback'],
    ['/callback'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['https://app.example/callback '],
    ['https://app.example/callback%00'],
    ['https://app.example/callback;x'],
    ['https://app.example/CALLBACK'],
    ['https://app.example//callback'],
    ['https://app.example/./callback'],
    ['https://app.example/callback/..'],
    ['https://app.example/callback/../callback'],
    ['https://app.example/%2e/callback'],
    ['https://app.example/callback%2f'],
    ['https://app.example/callback?'],
    ['https://app.example/callback#'],
    ['https://app.example:0443/callback'],
    ['https://app.example:/callback'],
    ['https://:pw@app.example/callback'],
    ['https://xn--pp-6kc.example/callback'],
    ['https://app%2eexample/callback'],
    ['HTTPS://app.example/callback'],
    ['https:/app.example/callback'],
    ['https:app.example/callback'],
    ['https://app.example/callback\\x'],
    ['\thttps://app.example/callback'],
    ['https://app.example/callback,https://evil.example/'],
    [''],
  ])('OA01: is not sent back to %j', async (redirect) => {
    const page = await browser.visit(address({ redirect_uri: redirect }));
    expect([page.status, new URL(page.url).origin]).toEqual([400, origin.url]);
    expect(page.headers.get('location')).toBeNull();
    expect(page.text).not.toMatch(/<script|evil/);
  });

  test('OA02: is not sent back to another host or path of the loopback', async () => {
    for (const redirect_uri of [
      'http://127.0.0.1:54321/other',
      'http://localhost:54321/callback',
      'http://127.0.0.2:54321/callback',
      'https://127.0.0.1:54321/callback',
      'com.example.app:/other',
    ]) {
      const page = await browser.visit(address({ client_id: native.clientId, redirect_uri }));
      expect([redirect_uri, page.status]).toEqual([redirect_uri, 400]);
    }
  });

  test.each([
    [
      'no challenge',
      { code_challenge: undefined, code_challenge_method: undefined },
      'invalid_request',
    ],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without its method', { code_challenge_method: undefined }, 'invalid_request'],
    ['the implicit grant', { response_type: 'token' }, 'unsupported_response_type'],
    ['id_token token', { response_type: 'id_token token' }, 'unsupported_response_type'],
    ['a scope it has not', { scope: 'products:write' }, 'invalid_scope'],
  ])('OA03, OA07, OA08, OA23: is refused with %s', async (_what, more, error) => {
    const { url } = await browser.visit(address(more));
    // Where tokens were asked for, the answer comes where tokens would.
    const said = new URL(url.replace('#', '?')).searchParams;
    const told = { error, state: 'a state', iss: origin.url };
    expect(Object.fromEntries(said)).toMatchObject(told);
  });

  test('OA24: is refused with a parameter that comes twice, and not minded for one that is unknown', async () => {
    const twice = await browser.visit(`${address()}&scope=reviews:read`);
    expect(twice.url).toContain('error=invalid_request');
    expect(codeOf(await agree(address({ unknown: 'x' })))).toMatch(/^[\w-]{43}$/);
  });

  test.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }],
    ['no verifier', { code_verifier: '' }],
    ['a short verifier', { code_verifier: 'v'.repeat(42) }],
    ['a long verifier', { code_verifier: 'v'.repeat(129) }],
    ['another redirect URI', { redirect_uri: 'https://app.example/other' }],
  ])('OA03, OA05: gets nothing for its code with %s', async (_what, more) => {
    const answer = await redeem(codeOf(await agree(address())), more);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: expect.stringMatching(/^invalid_/) });
  });

  test("OA05: gets nothing for another app's code", async () => {
    const other = await origin.app({ redirectUris: [REDIRECT] });
    const answer = await redeem(codeOf(await agree(address())), {}, other);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_grant' }]);
  });

  test('OA04: loses all that came of a code that is used twice', async () => {
    const code = codeOf(await agree(address()));
    const got = await tokens(redeem(code));
    expect(await check(got['access_token'])).toBeDefined();
    expect((await redeem(code)).status).toBe(400);
    expect(await check(got['access_token'])).toBeUndefined();
    expect((await refresh(got['refresh_token'])).status).toBe(400);
  });

  test('OA05, OA10: has a minute for its code, and three months with one consent', async () => {
    browser = openBrowser(origin.url);
    const late = codeOf(await agree(address()));
    const code = codeOf(await agree(address()));
    let { refresh_token: token } = await tokens(redeem(code));
    passTime(61);
    expect((await redeem(late)).status).toBe(400);
    const days = 24 * 3600;
    for (let day = 13; day < 90; day += 13) {
      passTime(13 * days);
      ({ refresh_token: token } = await tokens(refresh(token)));
    }
    expect(token).toBeDefined();
    passTime(13 * days);
    expect((await refresh(token)).status).toBe(400);
  });

  test('OA06: gets tokens once when it sends a code a hundred times at once', async () => {
    browser = openBrowser(origin.url);
    const code = codeOf(await agree(address()));
    const answers = await Promise.all(Array.from({ length: 100 }, () => redeem(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  test('OA09, OA10: renews its tokens, and loses all of them when one is used again', async () => {
    browser = openBrowser(origin.url);
    const first = await tokens(redeem(codeOf(await agree(address()))));
    const second = await tokens(refresh(first['refresh_token'], { scope: 'reviews:read' }));
    expect(await check(second['access_token'])).toMatchObject({ scopes: ['reviews:read'] });
    expect(second['refresh_token']).not.toBe(first['refresh_token']);
    const wider = await refresh(second['refresh_token'], { scope: 'products:read' });
    expect([wider.status, await wider.json()]).toMatchObject([400, { error: 'invalid_scope' }]);
    expect((await refresh(first['refresh_token'])).status).toBe(400);
    expect((await refresh(second['refresh_token'])).status).toBe(400);
    for (const { access_token: token } of [first, second])
      expect(await check(token)).toBeUndefined();
  });

  test('OA09: is left with one family at most when it renews a hundred times at once', async () => {
    browser = openBrowser(origin.url);
    const { refresh_token: token } = await tokens(redeem(codeOf(await agree(address()))));
    const answers = await Promise.all(Array.from({ length: 100 }, () => refresh(token)));
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const won = answers.filter(({ status }) => status === 200);
    expect(won.length).toBeLessThanOrEqual(1);
    for (const answer of won) {
      const next = (await answer.json()) as Record<string, unknown>;
      expect((await refresh(next['refresh_token'])).status).toBe(400);
      expect(await check(next['access_token'])).toBeUndefined();
    }
  });

  test('OA24: is not let in by who does not agree, or is somebody else', async () => {
    const stranger = openBrowser(origin.url);
    const page = await stranger.visit(address());
    const wrong = await stranger.submit(page, 'sign-in', { ...MARA, password: 'not this one' });
    expect(wrong.text).toContain('is wrong');
    const nobody = { email: 'x@example.com', password: MARA.password };
    expect((await stranger.submit(wrong, 'sign-in', nobody)).text).toContain('is wrong');
    const asked = await stranger.submit(wrong, 'sign-in', MARA);
    expect(asked.text).toContain('Board &lt;b&gt;');
    const back = await stranger.submit(asked, 'cancel');
    // With a 307 a browser would send the password along.
    for (const { redirects } of [asked, back]) expect(new Set(redirects)).toEqual(new Set([303]));
    expect(new URL(back.url).searchParams.get('error')).toBe('access_denied');
  });

  test('WJ12: signs in, is refused and agrees on pages that nobody frames, scripts or sniffs', async () => {
    const stranger = openBrowser(origin.url);
    const page = await stranger.visit(address());
    const wrong = await stranger.submit(page, 'sign-in', { ...MARA, password: 'not this one' });
    const asked = await stranger.submit(wrong, 'sign-in', MARA);
    const forged = await stranger.submit(asked, 'consent', { proof: 'forged' });
    const unknown = await fetch(page.url.replace(/[^/]+$/, 'unknown'));
    for (const shown of [page, wrong, asked, forged, unknown]) expect(faultsOf(shown)).toEqual([]);
  });

  test('OA24: is asked about on pages that no other page can use', async () => {
    const stranger = openBrowser(origin.url);
    const page = await stranger.visit(address());
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'nonce-[^']+'; form-action 'self' https:/,
    );
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).not.toMatch(/<script|javascript:/);
    const forged = await stranger.submit(page, 'sign-in', { ...MARA, proof: 'forged' });
    expect(forged.status).toBe(403);
    // The address alone opens nothing: another browser has not the cookie.
    expect((await openBrowser(origin.url).visit(page.url)).status).toBe(400);
    const answer = await fetch(page.url.replace(/[^/]+$/, 'unknown'));
    expect(answer.status).toBe(400);
  });

  test('of another shop begins a session of its own', async () => {
    const other = await origin.app({ redirectUris: [REDIRECT] }, 'other');
    const both = openBrowser(origin.url);
    await agree(address(), both);
    const page = await both.visit(address({ client_id: other.clientId, scope: 'reviews:read' }));
    expect(page.text).toContain('Sign in');
    expect((await both.submit(page, 'sign-in', MARA)).text).toContain('is wrong');
    const ann = { email: 'ann@example.com', password: 'another long password' };
    await addPerson(fixture.context, [TEST_SECRET], 'other', ann);
    const url = address({ client_id: other.clientId, scope: 'reviews:read' });
    const { access_token: token } = await tokens(
      redeem(codeOf(await agree(url, both, ann)), {}, other),
    );
    const { id } = await findShop(fixture.context.db, 'other');
    expect(await check(token)).toMatchObject({ shopId: id, appId: other.clientId });
  });

  test('OA25: is listed with what a person let it do, until they take that back', async () => {
    const ida = { email: 'ida@example.com', password: 'one more long password' };
    const { context } = fixture;
    await addPerson(context, [TEST_SECRET], 'acme', ida);
    const idas = openBrowser(origin.url);
    const got = await tokens(redeem(codeOf(await agree(address(), idas, ida))));
    const consents = await listConsents(context, [TEST_SECRET], 'acme', ida.email);
    const scopes = ['reviews:read', 'reviews:write'];
    expect(consents).toMatchObject([{ clientId: app.clientId, scopes }]);
    const both = { email: ida.email, clientId: app.clientId };
    await expect(withdrawConsent(context, [TEST_SECRET], 'other', both)).rejects.toThrow('no such');
    expect(await check(got['access_token'])).toBeDefined();
    await withdrawConsent(context, [TEST_SECRET], 'acme', both);
    expect(await check(got['access_token'])).toBeUndefined();
    expect((await refresh(got['refresh_token'])).status).toBe(400);
    expect(await listConsents(context, [TEST_SECRET], 'acme', ida.email)).toEqual([]);
    // Still signed in, and asked anew.
    expect((await idas.visit(address())).text).toContain('/consent"');
  });

  test('loses its access with the person', async () => {
    const tom = { email: 'tom@example.com', password: 'yet another password' };
    await addPerson(fixture.context, [TEST_SECRET], 'acme', tom);
    const toms = openBrowser(origin.url);
    const got = await tokens(redeem(codeOf(await agree(address(), toms, tom))));
    expect(await check(got['access_token'])).toBeDefined();
    await removePerson(fixture.context, [TEST_SECRET], 'acme', 'Tom@Example.com ');
    expect(await check(got['access_token'])).toBeUndefined();
    expect((await refresh(got['refresh_token'])).status).toBe(400);
    expect((await toms.visit(address())).text).toContain('Sign in');
  });

  test('OA13: is slowed down when it guesses, and others are not', async () => {
    const guessing = await origin.app();
    const form = { grant_type: 'client_credentials' };
    const guess = (secret: string) =>
      origin.post('/oauth/token', form, { authorization: basic({ ...guessing, secret }) });
    for (let time = 0; time < 20; time += 1) expect((await guess('wrong')).status).toBe(401);
    const slowed = await guess('wrong');
    expect([slowed.status, slowed.headers.get('retry-after')]).toEqual([429, '300']);
    expect((await guess(guessing.secret)).status).toBe(429);
    await origin.token(app);
    clock.now = new Date(Date.now() + 301_000);
    expect((await guess(guessing.secret)).status).toBe(200);
    clock.now = new Date();
  });

  test('OA13: has 20 of 1,000 guesses, a hundred at once, looked at, which its shop is told; elsewhere it goes on', async () => {
    const guessed = await origin.app();
    const { context } = fixture;
    const check = createSecretCheck({ ...context, log: pino({ level: 'silent' }) });
    const tries = Array.from({ length: 1000 }, (_, n) => (n === 999 ? guessed.secret : `${n}`));
    const answers: PromiseSettledResult<boolean>[] = [];
    for (let sent = 0; sent < tries.length; sent += 100) {
      const together = tries.slice(sent, sent + 100);
      const guesses = together.map((secret) => check(guessed.clientId, secret, '192.0.2.1'));
      answers.push(...(await Promise.allSettled(guesses)));
    }
    const looked = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(looked).toEqual(Array.from({ length: 20 }, () => false));
    expect(await check(guessed.clientId, guessed.secret, '192.0.2.2')).toBe(true);
    const told = { verb: 'app.guessed', subject: guessed.clientId, actor: 'system' };
    expect(await listActs(context.db, 'acme', 1)).toMatchObject([told]);
  });

  test('has as few passwords looked at when many are guessed at once', async () => {
    const stranger = openBrowser(origin.url);
    const page = await stranger.visit(address());
    const guess = { email: 'guessed@example.com', password: 'a wrong password' };
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => stranger.submit(page, 'sign-in', guess)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });

  test('OA18: takes no ID token, and no token that it signed itself, for an access token', async () => {
    browser = openBrowser(origin.url);
    const asked = address({ scope: 'openid reviews:read' });
    const got = await tokens(redeem(codeOf(await agree(asked))));
    expect(await check(got['access_token'])).toBeDefined();
    expect(await check(got['id_token'])).toBeUndefined();
    const [, claims = ''] = String(got['id_token']).split('.');
    const header = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    expect(await check(`${header}.${claims}.`)).toBeUndefined();
  });

  test.each([
    '"><script>alert(1)</script>',
    "'\\u0001\r\nset-cookie: x=y",
    'für\u202E',
    '%00%22%3E',
  ])('OA27: says of %j nothing but plain words', async (hostile) => {
    const names = ['scope', 'response_type', 'response_mode', 'prompt', 'state', 'claims'];
    for (const name of [...names, 'client_id', 'redirect_uri', 'code_challenge', 'x']) {
      const page = await browser.visit(address({ [name]: hostile }));
      const said = new URL(page.url.replace('#', '?')).searchParams;
      for (const field of ['error', 'error_description'])
        expect(said.get(field) ?? '').toMatch(/^[\u0020\u0021\u0023-\u005B\u005D-\u007E]*$/);
      const type = page.headers.get('content-type') ?? 'text/plain';
      expect([
        name,
        page.status < 500,
        page.headers.get('set-cookie')?.includes('x=y'),
      ]).not.toEqual([name, true, true]);
      const isMarkup = type.startsWith('text/html') && page.text.includes('<script');
      expect([name, isMarkup]).toEqual([name, false]);
    }
  });

  test('has people slowed down who guess passwords', async () => {
    const stranger = openBrowser(origin.url);
    const page = await stranger.visit(address());
    const guess = { email: 'eve@example.com', password: 'a wrong password' };
    for (let time = 0; time < 10; time += 1)
      expect((await stranger.submit(page, 'sign-in', guess)).status).toBe(200);
    const slowed = await stranger.submit(page, 'sign-in', guess);
    expect([slowed.status, slowed.headers.get('retry-after')]).toEqual([429, '900']);
  });
});
