import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../test/databases.ts';
import {
  basic,
  startOAuthOrigin,
  type OAuthOrigin,
  type TestApp,
} from '../../test/oauth-origin.ts';
import { asSystem, inShop } from '../db/row-security.ts';
import { apps } from '../db/oauth-schema.ts';
import { listActs } from '../domain/audit/list.ts';
import { createShop } from '../domain/shops/create.ts';
import { findShop } from '../domain/shops/find.ts';
import { removeExpiredArtefacts } from '../jobs/remove-expired-artefacts.ts';
import { SCOPES } from './access.ts';
import { listApps } from './apps/list.ts';
import { revokeApp } from './apps/revoke.ts';
import { rotateAppSecret } from './apps/rotate-secret.ts';
import { createAuthenticate } from './authenticate.ts';

const GRANT = { grant_type: 'client_credentials' };
const NOT_ALLOWED = expect.stringMatching(/^(?:unauthorized_client|invalid_request)$/);
const insecure = { [oauth.allowInsecureRequests]: true };

describeOnEach('an app that acts for itself', (fixture) => {
  let origin: OAuthOrigin;
  let app: TestApp;
  let other: TestApp;
  const check = (token: string) => createAuthenticate(fixture.context)(`Bearer ${token}`);
  const ask = (form: Record<string, string>, who = app) =>
    origin.post('/oauth/token', { ...GRANT, ...form }, { authorization: basic(who) });
  const introspect = async (token: string, who = app) => {
    const answer = await origin.post('/oauth/introspect', { token }, { authorization: basic(who) });
    return (await answer.json()) as Record<string, unknown>;
  };

  beforeAll(async () => {
    clock.now = new Date();
    await createShop(fixture.context, { appKey: 'other', name: 'Other', autoPublish: true });
    origin = await startOAuthOrigin(fixture.context);
    app = await origin.app({ scopes: ['reviews:read', 'reviews:write'] });
    other = await origin.app({}, 'other');
  });
  afterAll(() => origin.close());

  test('OA20, OA28: gets a token by openid-client, asks what it is, and gives it back', async () => {
    const config = await openid.discovery(
      new URL(origin.url),
      app.clientId,
      undefined,
      openid.ClientSecretBasic(app.secret),
      { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] },
    );
    const tokens = await openid.clientCredentialsGrant(config, { scope: 'reviews:read' });
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'reviews:read' });
    const known = await openid.tokenIntrospection(config, tokens.access_token);
    expect(known).toMatchObject({ active: true, client_id: app.clientId, scope: 'reviews:read' });
    await openid.tokenRevocation(config, tokens.access_token);
    expect(await openid.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
    expect(await check(tokens.access_token)).toBeUndefined();
  });

  test('OA28: gets a token by oauth4webapi, asks what it is, and gives it back', async () => {
    const issuer = new URL(origin.url);
    const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
    const server = await oauth.processDiscoveryResponse(issuer, found);
    const client = { client_id: app.clientId };
    const proof = oauth.ClientSecretPost(app.secret);
    const answer = await oauth.clientCredentialsGrantRequest(server, client, proof, {}, insecure);
    const tokens = await oauth.processClientCredentialsResponse(server, client, answer);
    expect(tokens.scope).toBe('reviews:read reviews:write');
    const ask = [server, client, proof, tokens.access_token, insecure] as const;
    const known = await oauth.introspectionRequest(...ask);
    const { active } = await oauth.processIntrospectionResponse(server, client, known);
    expect(active).toBe(true);
    await oauth.processRevocationResponse(await oauth.revocationRequest(...ask));
    expect(await check(tokens.access_token)).toBeUndefined();
  });

  test('OA08: is bound to its shop and its scopes', async () => {
    const acme = await findShop(fixture.context.db, 'acme');
    const access = await check(await origin.token(app, 'reviews:read'));
    expect(access).toEqual({ shopId: acme.id, appId: app.clientId, scopes: ['reviews:read'] });
    expect(await check(await origin.token(other))).toMatchObject({ scopes: [...SCOPES] });
    const more = await ask({ scope: 'reviews:read products:read' });
    expect([more.status, await more.json()]).toMatchObject([400, { error: 'invalid_scope' }]);
    const unknown = await ask({ scope: 'everything' });
    expect(unknown.status).toBe(400);
    const redirectUris = ['http://127.0.0.1/callback'];
    const native = await origin.app({ redirectUris, isPublic: true });
    const form = { client_id: native.clientId };
    const own = await origin.post('/oauth/token', { ...GRANT, ...form });
    expect([own.status, await own.json()]).toMatchObject([400, { error: NOT_ALLOWED }]);
    for (const [grant_type, given] of [
      ['authorization_code', { code: 'x', redirect_uri: 'x', code_verifier: 'v'.repeat(43) }],
      ['refresh_token', { refresh_token: 'x' }],
    ] as const) {
      const said = await (await ask({ grant_type, ...given })).json();
      expect(said).toMatchObject({ error: NOT_ALLOWED });
    }
  });

  test('OA22: is read about in a document that names what answers', async () => {
    const answer = await fetch(`${origin.url}/.well-known/oauth-authorization-server`);
    const document = (await answer.json()) as Record<string, unknown>;
    expect(document).toMatchObject({
      issuer: origin.url,
      token_endpoint: `${origin.url}/oauth/token`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      scopes_supported: expect.arrayContaining([...SCOPES]),
    });
    const endpoints = Object.entries(document).filter(([name]) => /_endpoint$|_uri$/.test(name));
    expect(endpoints).not.toEqual([]);
    for (const [name, endpoint] of endpoints) {
      const isRead = /^(?:jwks|authorization|userinfo)/.test(name);
      const asked = { redirect: 'manual', method: isRead ? 'GET' : 'POST' } as const;
      expect([200, 400, 401]).toContain((await fetch(String(endpoint), asked)).status);
    }
    const forged = await fetch(`${origin.url}/.well-known/oauth-authorization-server`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    expect(await forged.json()).toEqual(document);
  });

  test.each([
    ['a wrong secret', { clientId: '', secret: 'wrong' }],
    ['no such app', { clientId: 'app_nobody', secret: 'wrong' }],
    ['a name that is none', { clientId: "a' or 1=1 --", secret: 'wrong' }],
  ])('OA11, OA17: is refused with %s, and told how to prove who it is', async (_what, who) => {
    const authorization = basic({ ...who, clientId: who.clientId || app.clientId });
    for (const path of ['/oauth/token', '/oauth/revoke', '/oauth/introspect']) {
      const answer = await origin.post(path, { ...GRANT, token: 'x' }, { authorization });
      expect([path, answer.status, (await answer.json()) as object]).toMatchObject([
        path,
        401,
        { error: 'invalid_client' },
      ]);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  test.each([
    ['two ways at once', { client_secret: 'x' }, 'invalid_request'],
    [
      'password',
      { grant_type: 'password', username: 'a', password: 'b' },
      'unsupported_grant_type',
    ],
    ['refresh_token', { grant_type: 'refresh_token', refresh_token: 'x' }, /invalid|unsupported/],
    ['no grant', { grant_type: '' }, 'invalid_request'],
  ])('OA07, OA12, OA17, OA27: is refused with %s', async (_what, form, error) => {
    const answer = await ask(form);
    const said = (await answer.json()) as { error: string; error_description?: string };
    expect(answer.status).toBe(400);
    expect(said.error).toMatch(error);
    // RFC 6749 §5.2.
    const text = /^[\u0020\u0021\u0023-\u005B\u005D-\u007E]*$/;
    expect([said.error, said.error_description ?? '']).toEqual([
      expect.stringMatching(text),
      expect.stringMatching(text),
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('OA12: may write its id and its secret with any letter in percent', async () => {
    const percent = (text: string) =>
      [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const both = `${percent(app.clientId)}:${percent(app.secret)}`;
    const authorization = `Basic ${Buffer.from(both).toString('base64')}`;
    expect((await origin.post('/oauth/token', GRANT, { authorization })).status).toBe(200);
  });

  test('OA17: is answered with nothing that may be kept, whatever it asks', async () => {
    const token = await origin.token(app);
    const authorization = basic(app);
    const json = { 'content-type': 'application/json' };
    const secret = { client_id: app.clientId, client_secret: app.secret, ...GRANT };
    const answers = await Promise.all([
      origin.post('/oauth/token', GRANT, { authorization }),
      origin.post('/oauth/token', {}),
      fetch(`${origin.url}/oauth/token`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify(secret),
      }),
      fetch(`${origin.url}/oauth/token`, { method: 'POST', headers: json, body: '{}' }),
      fetch(`${origin.url}/oauth/token`, { method: 'DELETE' }),
      origin.post('/oauth/introspect', { token }, { authorization }),
      origin.post('/oauth/introspect', { token: 'x' }, { authorization }),
      origin.post('/oauth/introspect', { token }),
      origin.post('/oauth/revoke', { token: 'x' }, { authorization }),
      origin.post('/oauth/revoke', {}, { authorization }),
      fetch(`${origin.url}/oauth/authorize`),
      fetch(`${origin.url}/oauth/userinfo`),
      fetch(`${origin.url}/oauth/interaction/x`),
    ]);
    const fields = answers.map(({ headers }) => headers.get('cache-control'));
    expect(fields).toEqual(answers.map(() => 'no-store'));
  });

  test('OA24: is refused with a parameter that comes twice', async () => {
    const answer = await fetch(`${origin.url}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: basic(app),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials&scope=reviews:read&scope=reviews:write',
    });
    expect(answer.status).toBe(400);
  });

  test('OA11, OA20, OA21: hears nothing of tokens of others, and cannot end them', async () => {
    const theirs = await origin.token(other);
    expect(await introspect(theirs)).toEqual({ active: false });
    expect(await introspect('nothing at all')).toEqual({ active: false });
    const gone = await origin.post(
      '/oauth/revoke',
      { token: theirs },
      { authorization: basic(app) },
    );
    const unknown = await origin.post(
      '/oauth/revoke',
      { token: 'x' },
      { authorization: basic(app) },
    );
    expect([gone.status, unknown.status]).toEqual([200, 200]);
    expect(gone.headers.get('cache-control')).toBe('no-store');
    expect(await check(theirs)).toMatchObject({ appId: other.clientId });
    for (const path of ['/oauth/revoke', '/oauth/introspect'])
      expect((await origin.post(path, { token: theirs, client_id: app.clientId })).status).toBe(
        401,
      );
  });

  test('OA14: keeps two secrets while one follows the other, and no older one', async () => {
    const rotating = await origin.app();
    const secrets = [rotating.secret];
    const rotate = () => rotateAppSecret(fixture.context, 'acme', rotating.clientId);
    const works = (secret: string) =>
      origin.token({ ...rotating, secret }).then(
        () => true,
        () => false,
      );
    secrets.push(await rotate());
    expect(await Promise.all(secrets.map(works))).toEqual([true, true]);
    secrets.push(await rotate());
    expect(await Promise.all(secrets.map(works))).toEqual([false, true, true]);
    const listed = await listApps(fixture.context.db, 'acme');
    const row = listed.find(({ clientId }) => clientId === rotating.clientId);
    expect(row?.secrets.map(({ lastUsedAt }) => lastUsedAt !== undefined)).toEqual([true, true]);
    clock.now = new Date(clock.now.getTime() + 25 * 3_600_000);
    expect(await Promise.all(secrets.map(works))).toEqual([false, false, true]);
    clock.now = new Date();
  });

  test('OA14, OA19, OA29: has tokens that no key signs, of which digests are kept', async () => {
    const token = await origin.token(app);
    const rows = await asSystem(fixture.context.db, async (tx) => {
      const all = sql`select row_to_json(a)::text as row from oauth_artefacts a
        union all select row_to_json(s)::text from app_secrets s`;
      return ((await tx.execute(all)) as { rows: { row: string }[] }).rows;
    });
    expect(rows.length).toBeGreaterThan(2);
    const kept = rows.map(({ row }) => row).join('\n');
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(app.secret);
    // Random, of 256 bits: with nothing signed, no key has to be retired.
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await origin.token(app)).not.toBe(token);
  });

  test('OA21, OA30: loses its tokens when they expire, and with itself', async () => {
    const token = await origin.token(app);
    const hour = 3_600_000;
    clock.now = new Date(Date.now() + hour + 1000);
    expect(await check(token)).toBeUndefined();
    expect(await removeExpiredArtefacts(fixture.context.db, clock.now)).toBeGreaterThan(0);
    clock.now = new Date();
    expect(await introspect(token)).toEqual({ active: false });
    const leaving = await origin.app();
    const last = await origin.token(leaving);
    expect(await check(last)).toBeDefined();
    await revokeApp(fixture.context, 'acme', leaving.clientId);
    expect(await check(last)).toBeUndefined();
    expect((await ask({}, leaving)).status).toBe(401);
    const acts = await listActs(fixture.context.db, 'acme', 1);
    expect(acts).toMatchObject([{ verb: 'app.revoke', subject: leaving.clientId, actor: 'cli' }]);
  });

  test('cannot be changed from another shop', async () => {
    const change = rotateAppSecret(fixture.context, 'other', app.clientId);
    await expect(change).rejects.toThrow('There is no app');
    await expect(revokeApp(fixture.context, 'other', app.clientId)).rejects.toThrow('no app');
    const { id } = await findShop(fixture.context.db, 'other');
    await inShop(fixture.context.db, id, async (tx) => tx.delete(apps));
    expect(await check(await origin.token(app))).toBeDefined();
    other = await origin.app({}, 'other');
  });

  test('gets nothing with what is no token', async () => {
    const authenticate = createAuthenticate(fixture.context);
    const long = `Bearer ${'x'.repeat(10_000)}`;
    for (const field of ['', 'Bearer', 'Bearer ', 'Basic x', 'Bearer a b', long, undefined])
      expect(await authenticate(field)).toBeUndefined();
  });

  test('OA29: gets nothing with any of 2,709 changed tokens', async () => {
    const token = await origin.token(app);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('');
    const changed = token
      .split('')
      .flatMap((was, at) =>
        letters
          .filter((letter) => letter !== was)
          .map((letter) => token.slice(0, at) + letter + token.slice(at + 1)),
      );
    expect(changed).toHaveLength(43 * 63);
    const found = await Promise.all(changed.map(check));
    expect(found.filter(Boolean)).toEqual([]);
  });
});
