import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../test/oauth-origin.ts';
import type { Served } from './watch-requests.ts';

describeOnEach('the library that answers for OAuth 2', (fixture) => {
  let origin: OAuthOrigin;
  const served: Served[] = [];
  const said = vi.spyOn(console, 'error');
  beforeAll(async () => {
    origin = await startOAuthOrigin(fixture.context, () => (one) => served.push(one));
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
});
