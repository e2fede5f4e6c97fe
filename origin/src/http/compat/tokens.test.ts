import {
  CLIENT_ADDRESS_FIELD,
  CLIENT_ADDRESS_PROOF_FIELD,
  proveClientAddress,
} from '@plaudit/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../../test/databases.ts';
import {
  basic,
  startOAuthOrigin,
  type OAuthOrigin,
  type TestApp,
} from '../../../test/oauth-origin.ts';
import { SCOPES } from '../../auth/access.ts';
import { createAuthenticate } from '../../auth/authenticate.ts';

describeOnEach('tokens in the shapes of Yotpo', (fixture) => {
  let origin: OAuthOrigin;
  let shop: TestApp;
  const post = async (path: string, body: unknown, type = 'application/json; charset=utf-8') => {
    const answer = await fetch(origin.url + path, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const check = (token: unknown) => createAuthenticate(fixture.context)(`Bearer ${String(token)}`);
  const form = () => ({
    client_id: shop.clientId,
    client_secret: shop.secret,
    grant_type: 'client_credentials',
  });

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    shop = await origin.app({ isShopItself: true });
  });
  afterAll(() => origin.close());

  test('are given to the shop under its own key, for all that it may do', async () => {
    expect(shop.clientId).toBe('acme');
    const { status, body } = await post('/oauth/token', form());
    expect([status, body]).toEqual([
      200,
      { access_token: expect.any(String), token_type: 'bearer' },
    ]);
    expect(await check(body['access_token'])).toMatchObject({ appId: 'acme', scopes: [...SCOPES] });
    await expect(origin.app({ isShopItself: true })).rejects.toThrow('already');
  });

  test('are given for the secret alone, as version 3 asks', async () => {
    const { secret } = shop;
    const { status, body } = await post('/core/v3/stores/acme/access_tokens', { secret });
    expect([status, Object.keys(body)]).toEqual([200, ['access_token']]);
    expect(await check(body['access_token'])).toBeDefined();
    const wrong = await post('/core/v3/stores/acme/access_tokens', { secret: 'x' });
    expect(wrong).toEqual({ status: 401, body: { errors: [{ message: expect.any(String) }] } });
    expect((await post('/core/v3/stores/nobody/access_tokens', { secret })).status).toBe(401);
  });

  test('are given for a form, too, which is answered as OAuth 2 says', async () => {
    const { status, body } = await post(
      '/oauth/token',
      new URLSearchParams(form()).toString(),
      'application/x-www-form-urlencoded',
    );
    expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'Bearer', 3600]);
  });

  test.each([
    ['a wrong secret', { client_secret: 'x' }, 401],
    ['an unknown app', { client_id: 'nobody' }, 401],
    ['another grant', { grant_type: 'password' }, 400],
    ['a list as the secret', { client_secret: ['x'] }, 400],
    ['a long secret', { client_secret: 'x'.repeat(10_000) }, 400],
  ])('are not given for %s', async (_what, more, status) => {
    const answer = await post('/oauth/token', { ...form(), ...more });
    const error = status === 401 ? 'invalid_client' : 'invalid_request';
    expect(answer).toEqual({ status, body: { error } });
  });

  test('are not given for what is no JSON, nor to an app that acts for people only', async () => {
    expect((await post('/oauth/token', '{')).status).toBe(400);
    const app = await origin.app({ isPublic: true, redirectUris: ['https://app.example/'] });
    const asked = { ...form(), client_id: app.clientId };
    expect((await post('/oauth/token', asked)).status).toBe(401);
  });

  test('AP04, OA13: a guesser behind an edge stops nobody else there, and nobody else is believed', async () => {
    const edgeSecret = 'secret of edges';
    const behind = await startOAuthOrigin(fixture.context, { edgeSecret });
    const [app, grant] = [await behind.app(), { grant_type: 'client_credentials' }];
    const fieldsOf = async (from: string) => ({
      [CLIENT_ADDRESS_FIELD]: from,
      [CLIENT_ADDRESS_PROOF_FIELD]: await proveClientAddress(
        [edgeSecret],
        from,
        fixture.context.now().getTime(),
      ),
    });
    const ask = async (url: string, from: string, secret: string) => {
      const headers = { authorization: basic({ ...app, secret }), ...(await fieldsOf(from)) };
      const body = new URLSearchParams(grant);
      return (await fetch(`${url}/oauth/token`, { method: 'POST', headers, body })).status;
    };
    const store = async (from: string) => {
      const headers = { 'content-type': 'application/json', ...(await fieldsOf(from)) };
      const body = JSON.stringify({ ...grant, client_id: app.clientId, client_secret: app.secret });
      return (await fetch(`${behind.url}/oauth/token`, { method: 'POST', headers, body })).status;
    };
    for (let time = 0; time < 20; time += 1)
      expect(await ask(behind.url, '198.51.100.1', 'x')).toBe(401);
    expect(await ask(behind.url, '198.51.100.1', app.secret)).toBe(429);
    expect(await store('198.51.100.1')).toBe(429);
    expect(await ask(behind.url, '198.51.100.2', app.secret)).toBe(200);
    expect(await store('198.51.100.2')).toBe(200);
    await behind.close();
    // This one knows no edge: whatever is claimed, it is one guesser.
    for (let time = 0; time < 20; time += 1)
      expect(await ask(origin.url, `198.51.100.${time}`, 'x')).toBe(401);
    expect(await ask(origin.url, '198.51.100.99', app.secret)).toBe(429);
  });

  test('are given no more for a while to who guesses', async () => {
    const guessing = await origin.app();
    const guess = (client_secret: string) =>
      post('/oauth/token', { ...form(), client_id: guessing.clientId, client_secret });
    for (let time = 0; time < 20; time += 1) expect((await guess('wrong')).status).toBe(401);
    expect((await guess(guessing.secret)).status).toBe(429);
    const headers = { authorization: basic(guessing) };
    const grant = { grant_type: 'client_credentials' };
    expect((await origin.post('/oauth/token', grant, headers)).status).toBe(429);
  });
});
