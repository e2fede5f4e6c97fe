import { toProblem } from '@plaudit/contract';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../../test/databases.ts';
import { holdToContract } from '../../../test/hold-to-contract.ts';
import { faultsOf } from '../../../test/own-page.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../../test/oauth-origin.ts';
import { createPace } from '../pace.ts';
import { answerError } from '../problems.ts';
import type { ApiDocument } from './describe-api.ts';
import { managementApi } from './routes.ts';

describeOnEach('the management API', (fixture) => {
  let origin: OAuthOrigin;
  let token: string;

  const ask = (path: string, init: RequestInit = {}) => fetch(`${origin.url}/api/v1${path}`, init);
  const send = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    ask(path, { ...init, headers: { authorization: `Bearer ${token}`, ...headers } });
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    send('/reviews', { 'content-type': 'application/json', ...headers }, { method: 'POST', body });
  const document = async () => (await (await ask('/openapi.json')).json()) as ApiDocument;

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    token = await origin.token(await origin.app());
  });
  afterAll(() => origin.close());

  test('OA15, OA16: tells who has no token, a bad or an old one, or one for something else (RFC 6750)', async () => {
    const none = await ask('/reviews');
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const bad = await ask('/reviews', { headers: { authorization: 'Bearer nonsense' } });
    expect(bad.status).toBe(401);
    expect(bad.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    const few = await origin.token(await origin.app({ scopes: ['settings:read'] }));
    const little = await ask('/reviews', { headers: { authorization: `Bearer ${few}` } });
    expect(little.status).toBe(403);
    expect(little.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="reviews:read"',
    );
    expect(await little.json()).toMatchObject({ type: 'urn:plaudit:problem:forbidden' });
    const inQuery = await ask(`/reviews?access_token=${token}`);
    expect([inQuery.status, inQuery.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    clock.now = new Date(clock.now.getTime() + 3_601_000);
    const old = await send('/reviews');
    expect([old.status, old.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ]);
    clock.now = new Date();
  });

  test('is kept by nobody, and read by no page of another site', async () => {
    for (const path of ['/reviews', '/reviews/unknown', '/openapi.json', '/docs', '/nothing']) {
      const { headers } = await send(path, { origin: 'https://evil.example' });
      expect({ path, ...Object.fromEntries(headers) }).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("default-src 'none'"),
      });
      expect([...headers.keys()]).not.toContain('access-control-allow-origin');
    }
  });

  test('AP05, AP08, AP09: names what is wrong with a request', async () => {
    const wrong = async (answer: Promise<Response>) => {
      const { status, headers } = await answer;
      expect(headers.get('content-type')).toBe('application/problem+json');
      return { status, problem: (await (await answer).json()) as Record<string, unknown> };
    };
    expect(await wrong(send('/reviews?colour=red'))).toMatchObject({
      status: 400,
      problem: { parameter: 'colour' },
    });
    expect(await wrong(send('/reviews?limit=101'))).toMatchObject({
      status: 400,
      problem: { parameter: 'limit' },
    });
    expect(await wrong(send('/reviews?limit=1&limit=2'))).toMatchObject({
      status: 400,
      problem: { parameter: 'limit' },
    });
    expect(await wrong(send('/reviews?status=hidden'))).toMatchObject({ status: 400 });
    expect(await wrong(send('/reviews?since=yesterday'))).toMatchObject({ status: 400 });
    expect(await wrong(post('{'))).toMatchObject({ status: 400 });
    expect(await wrong(post('{"rating":9}'))).toMatchObject({
      status: 400,
      problem: { errors: expect.arrayContaining([expect.objectContaining({ field: 'rating' })]) },
    });
    expect(await wrong(post(Uint8Array.of(0xff)))).toMatchObject({ status: 400 });
    expect(await wrong(post('{}', { 'content-type': 'text/plain' }))).toMatchObject({
      status: 415,
    });
    expect(await wrong(post('{}', { 'idempotency-key': 'short' }))).toMatchObject({ status: 400 });
    expect(await wrong(send('/reviews/%00'))).toMatchObject({ status: 404 });
    expect(await wrong(send('/nothing'))).toMatchObject({ status: 404 });
    const method = await send('/reviews', {}, { method: 'DELETE' });
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    // It is no review of that name.
    const fixed = await send('/reviews/moderate', { 'if-match': '*' }, { method: 'PATCH' });
    expect([fixed.status, fixed.headers.get('allow')]).toEqual([405, 'POST']);
  });

  /** Without a server, so that nothing closes a connection; for an app that may do nothing. */
  const inMemory = (requests = 600) => {
    const access = { shopId: 1, appId: 'app', scopes: [] };
    const app = new Hono();
    app.route(
      '/',
      managementApi(fixture.context, () => Promise.resolve(access), {
        pace: createPace({ requests, windowSeconds: 60 }, fixture.context.now),
      }),
    );
    app.onError((error, context) => answerError(context, error));
    return app;
  };

  test('UG03: reads no body that is longer than any it takes', async () => {
    const body = 'x'.repeat(1024 * 1024 + 1);
    const headers = { 'content-length': String(body.length) };
    const answer = await inMemory().request('/reviews', { method: 'POST', body, headers });
    expect(answer.status).toBe(413);
  });

  test('AP03: says how much an app may still ask, and stops it there', async () => {
    const app = inMemory(2);
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await app.request('/reviews'));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 429]);
    expect(answers.map(({ headers }) => headers.get('ratelimit'))).toEqual([
      '"app";r=1;t=60',
      '"app";r=0;t=60',
      '"app";r=0;t=60',
    ]);
    expect(answers[2]?.headers.get('ratelimit-policy')).toBe('"app";q=2;w=60');
    expect(answers[2]?.headers.get('retry-after')).toBe('60');
  });

  test('describes every operation in OpenAPI 3.1, with nothing that leads nowhere', async () => {
    const api = await document();
    expect(api.openapi).toBe('3.1.0');
    const text = JSON.stringify(api);
    const names = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref = '']) => ref);
    expect(new Set(names).size).toBeGreaterThan(5);
    for (const ref of names) {
      const name = ref.replace('#/components/schemas/', '');
      expect([ref, Object.keys(api.components.schemas).includes(name)]).toEqual([ref, true]);
    }
    // Against the schemas that the OpenAPI Initiative publishes, by somebody else's hand.
    const { valid, errors } = await new Validator().validate({ ...api });
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    const broken = { ...api, paths: { ...api.paths, '/broken': { get: { responses: 'none' } } } };
    expect((await new Validator().validate(broken)).valid).toBe(false);
    const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { security } of operations) expect(security[0]?.oauth2).toHaveLength(1);
  });

  test('AP06: an answer that the document does not declare fails the suite that got it', async () => {
    const api = await document();
    const heldTo = async (answer: () => Response) => {
      const app = new Hono();
      app.all('*', answer);
      const contract = holdToContract(app, api);
      await contract.answer(new Request('http://origin.example/api/v1/webhooks'), {});
      return contract;
    };
    const json = (body: unknown, init?: ResponseInit) => () => Response.json(body, init);
    const undeclared = [
      json({ webhooks: [] }, { status: 202 }),
      json({ webhooks: [], more: 1 }),
      json({ webhooks: [{ id: 1 }] }),
      json({}),
      json(toProblem('not-found'), { status: 404 }),
      json({ webhooks: [] }, { headers: { 'content-type': 'text/html' } }),
      () => new Response('{', { headers: { 'content-type': 'application/json' } }),
    ];
    (await heldTo(json({ webhooks: [] }))).check();
    for (const answer of undeclared) {
      const contract = await heldTo(answer);
      expect(() => contract.check()).toThrow(/GET \/api\/v1\/webhooks/);
    }
  });

  test('answers every operation of the document, to nobody without a token', async () => {
    for (const [path, methods] of Object.entries((await document()).paths)) {
      for (const method of Object.keys(methods)) {
        const filled = path.replaceAll(/\{\w+\}/g, 'unknown');
        const init = { method: method.toUpperCase() };
        expect([init.method, path, (await ask(filled, init)).status]).toEqual([
          init.method,
          path,
          401,
        ]);
      }
    }
  });

  test('WJ12: shows the document to people, without a script, on a page that nobody frames or sniffs', async () => {
    const answer = await ask('/docs');
    expect(faultsOf(answer)).toEqual([]);
    const page = await answer.text();
    expect(page).not.toMatch(/<script|javascript:|\son\w+=|https?:/i);
    for (const name of ['listReviews', 'changeReview']) expect(page).toContain(`id="${name}"`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const digest = /'sha256-([^']+)'/.exec(policy)?.[1];
    const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    expect(Buffer.from(bytes).toString('base64')).toBe(digest);
  });
});
