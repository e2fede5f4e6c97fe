import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { createApp } from '../app.ts';
import { moderateQuestion } from '../domain/questions/moderate.ts';

const BASE = 'http://origin/v1/shops/acme';
const question = { body: 'Is it warm?', author: 'Ada', email: 'ada@example.com' };

describeOnEach('questions and votes of the storefront API', (fixture) => {
  let app: ReturnType<typeof createApp>;
  beforeAll(() => {
    app = createApp({ domain: fixture.context, log: pino({ level: 'silent' }) });
  });
  const get = async (path: string) => app.request(BASE + path);
  const post = async (path: string, body: unknown, headers = {}) =>
    app.request(BASE + path, { method: 'POST', headers, body: JSON.stringify(body) });

  test('a question waits with 202, is shown once published, and can be voted on', async () => {
    const key = { 'idempotency-key': 'one-question' };
    const sent = await post('/products/kettle/questions', question, key);
    expect(sent.status).toBe(202);
    expect(sent.headers.get('cache-control')).toBe('no-store');
    const { id } = (await sent.json()) as { id: string };
    const again = await post('/products/kettle/questions', question, key);
    expect(await again.json()).toEqual({ id, status: 'pending' });
    await moderateQuestion(fixture.context, 'acme', id, 'published');
    const vote = await post(`/questions/${id}/votes`, { vote: 'up', voter: 'x'.repeat(16) });
    expect(vote.status).toBe(200);
    expect(await vote.json()).toEqual({ vote: 'up', helpful: { up: 1, down: 0 } });
    const answer = await get('/products/kettle/questions?limit=5');
    expect(answer.headers.get('cache-tag')).toBe('shop:acme,questions:acme:kettle');
    expect(answer.headers.get('cdn-cache-control')).toMatch(/stale-if-error=\d+/);
    expect(await answer.json()).toMatchObject({ count: 1, questions: [{ id }] });
  });

  test.each([
    ['/products/kettle/questions', { ...question, body: ' ' }, 400, 'invalid-body'],
    ['/reviews/none/votes', { vote: 'up', voter: 'x'.repeat(16) }, 404, 'not-found'],
    ['/answers/none/votes', { vote: 'up', voter: 'x'.repeat(16) }, 404, 'not-found'],
    ['/reviews/none/votes', { vote: 'up', voter: 'short' }, 400, 'invalid-body'],
  ])('%s refuses %j with %i %s', async (path, body, status, name) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ type: `urn:plaudit:problem:${name}` });
  });

  test('what cannot be done is refused with what can', async () => {
    expect((await get('/products/kettle/questions?limit=0')).status).toBe(400);
    expect((await get('/products/kettle/questions?cursor=x')).status).toBe(400);
    expect((await get('/products/unheard-of/questions')).status).toBe(200);
    const wrong = await get('/reviews/r1/votes');
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('OPTIONS, POST');
  });
});
