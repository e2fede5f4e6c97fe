import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../test/databases.ts';
import { findShop } from '../domain/shops/find.ts';
import { compatCore } from './compat/core/routes.ts';
import { compatSecrets } from './compat/secret/routes.ts';
import { createPace } from './pace.ts';

describe('the pace of apps', () => {
  test('AP03, AP04: begins anew with each window, and for each app', () => {
    let nowMs = 0;
    const pace = createPace({ requests: 2, windowSeconds: 60 }, () => new Date(nowMs));
    expect(pace('one').fields).toEqual({
      'ratelimit-policy': '"app";q=2;w=60',
      ratelimit: '"app";r=1;t=60',
    });
    nowMs = 59_001;
    expect(pace('one').isWithin).toBe(true);
    expect(pace('one')).toMatchObject({ isWithin: false, resetSeconds: 1 });
    expect(pace('two').isWithin).toBe(true);
    nowMs = 60_000;
    expect(pace('one').isWithin).toBe(true);
  });
});

describeOnEach('the pace of apps that speak to us as to Yotpo', (fixture) => {
  const CORE = '/core/v3/stores/acme/products';
  const SECRET = '/v1/apps/acme/reviews?utoken=x';
  const CHECK = '/oauth/validate_token?app_key=acme&token=x';

  test('AP03, AP04: is counted over all of it, and who is too fast is told so in each one’s words', async () => {
    clock.now = new Date();
    const { context } = fixture;
    const { id: shopId } = await findShop(context.db, 'acme');
    const access = { shopId, appId: 'app', scopes: ['products:read', 'reviews:read'] as const };
    const dependencies = {
      domain: context,
      authenticate: () => Promise.resolve({ ...access, scopes: [...access.scopes] }),
      pace: createPace({ requests: 3, windowSeconds: 60 }, context.now),
    };
    const app = new Hono();
    app.route('/', compatCore(dependencies));
    app.route('/', compatSecrets(dependencies));
    const ask = async (path: string) => {
      const answer = await app.request(path, { headers: { authorization: 'Bearer x' } });
      const { status, headers } = answer;
      const fields = ['ratelimit', 'retry-after'].map((name) => headers.get(name));
      return { status, fields, body: (await answer.json()) as unknown, headers };
    };
    expect(await ask(CORE)).toMatchObject({ status: 200, fields: ['"app";r=2;t=60', null] });
    const second = await ask(CHECK);
    expect(second).toMatchObject({ status: 200, fields: ['"app";r=1;t=60', null] });
    expect(second.headers.get('ratelimit-policy')).toBe('"app";q=3;w=60');
    const third = await ask(SECRET);
    expect(third.fields).toEqual(['"app";r=0;t=60', null]);
    expect(third.status).not.toBe(429);
    const refused = { status: 429, fields: ['"app";r=0;t=60', '60'] };
    const message = 'Too Many Requests';
    expect(await ask(CORE)).toMatchObject({ ...refused, body: { errors: [{ message }] } });
    expect(await ask(SECRET)).toMatchObject({
      ...refused,
      body: { status: { code: 429, message } },
    });
    expect(await ask(CHECK)).toMatchObject({ ...refused, body: { Code: '429' } });
  });
});
