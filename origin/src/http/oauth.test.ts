import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../test/oauth-origin.ts';
import type { Served } from './watch-requests.ts';

describeOnEach('the library that answers for OAuth 2', (fixture) => {
  let origin: OAuthOrigin;
  const served: Served[] = [];
  const said = vi.spyOn(console, 'error');
  beforeAll(async () => {
    origin = await startOAuthOrigin(fixture.context, {
      watch: () => (one) => served.push(one),
    });
  });
  afterAll(() => origin.close());
  afterEach(() => {
    served.length = 0;
  });

  test('answers once, and is counted with what it answered', async () => {
    await origin.post('/oauth/token', {});
    await fetch(`${origin.url}/oauth/authorize`);
    await fetch(`${origin.url}/.well-known/oauth-authorization-server`, { method: 'HEAD' });
    await fetch(`${origin.url}/oauth/token`, { method: 'DELETE' });
    await fetch(`${origin.url}/oauth/jwks`);
    expect(served.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'POST 400',
      'GET 400',
      'HEAD 405',
      'DELETE 404',
      'GET 200',
    ]);
    expect(said).not.toHaveBeenCalled();
  });

  test('believes its configuration about where it is, behind whatever proxy', async () => {
    const issuer = 'https://reviews.example';
    const behind = await startOAuthOrigin(fixture.context, { issuer });
    const redirect = 'https://app.example/callback';
    const { clientId } = await behind.app({ redirectUris: [redirect] });
    const search = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirect,
      scope: 'reviews:read',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    });
    const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    const options = { headers: forged, redirect: 'manual' } as const;
    const answer = await fetch(`${behind.url}/oauth/authorize?${search}`, options);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/^\/oauth\/interaction\//);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(1);
    for (const cookie of cookies) expect(cookie).toMatch(/; secure; httponly/i);
    const known = await fetch(`${behind.url}/.well-known/openid-configuration`, options);
    expect(await known.text()).not.toMatch(/evil|127\.0\.0\.1/);
    await behind.close();
  });
});
