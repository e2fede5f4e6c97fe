import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../../test/databases.ts';
import {
  createManagementClient,
  problemOf,
  type InputOf,
  type ManagementClient,
} from '../../../test/management-client.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../../test/oauth-origin.ts';
import type { Scope } from '../../auth/access.ts';
import { requestAnswers } from '../../db/requests-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { listImports } from '../../domain/imports/list.ts';
import { startImport } from '../../domain/imports/start.ts';
import { askQuestion } from '../../domain/questions/ask.ts';
import { listQuestions } from '../../domain/questions/list.ts';
import { findShop } from '../../domain/shops/find.ts';

const MARA = { author: 'Mara', email: 'mara@example.com' };

describeOnEach('the management API', (fixture) => {
  let origin: OAuthOrigin;
  let api: ManagementClient;

  const as = async (...scopes: Scope[]) =>
    createManagementClient(origin.url, await origin.token(await origin.app({ scopes })));

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    api = await as();
  });
  afterAll(() => origin.close());

  const ask = async (product: string) => {
    const question = { ...MARA, body: 'Is it loud?' };
    const { id } = await askQuestion(fixture.context, 'acme', product, question);
    return { questionId: id };
  };
  const seen = async (product: string) => {
    const { db } = fixture.context;
    return listQuestions(db, (await findShop(db, 'acme')).id, product, {});
  };

  test('lists questions of every status, and publishes and answers them', async () => {
    const params = await ask('kettle');
    expect((await seen('kettle')).count).toBe(0);
    const waiting = await api('listQuestions', { query: { status: 'pending', product: 'kettle' } });
    expect(waiting.data.questions).toMatchObject([{ id: params.questionId, status: 'pending' }]);
    const decided = await api('moderateQuestion', { params, body: { status: 'published' } });
    expect(decided.data).toEqual({ isChanged: true });
    const answered = await api('answerQuestion', { params, body: { body: 'No.' } });
    expect(await seen('kettle')).toMatchObject({
      count: 1,
      questions: [{ answers: [{ body: 'No.', byShop: true }] }],
    });
    const answer = { answerId: answered.data.id };
    await api('moderateAnswer', { params: answer, body: { status: 'rejected' } });
    expect((await seen('kettle')).questions[0]?.answers).toEqual([]);
    const { data } = await api('getQuestion', { params });
    expect(data.answers).toMatchObject([{ id: answer.answerId, status: 'rejected' }]);
    await api('moderateQuestion', { params, body: { status: 'archived' } });
    expect((await seen('kettle')).count).toBe(0);
  });

  test('answers a question once under one key', async () => {
    const params = await ask('once');
    const request = { params, body: { body: 'No.' }, key: 'an answer of mine' };
    const [one, two] = await Promise.all([
      api('answerQuestion', request),
      api('answerQuestion', request),
    ]);
    expect(one.data.id).toBe(two.data.id);
    expect((await api('getQuestion', { params })).data.answers).toHaveLength(1);
  });

  test('pages through questions, each once', async () => {
    for (let n = 0; n < 5; n += 1) await ask('pages');
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { product: 'pages', limit: 2, ...(cursor !== undefined && { cursor }) };
      const { data } = await api('listQuestions', { query });
      ids.push(...data.questions.map(({ id }) => id));
      cursor = data.next;
    } while (cursor !== undefined);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
  });

  test('tells an asker’s address to whoever may know it, and to nobody else', async () => {
    const params = await ask('address');
    expect((await api('getQuestion', { params })).data.email).toBe(MARA.email);
    const reader = await as('questions:read');
    expect(JSON.stringify(await reader('listQuestions'))).not.toContain('mara@');
  });

  test('replaces settings under If-Match', async () => {
    const { data, headers } = await api('getSettings');
    const { version, ...rest } = data;
    const body = { ...rest, locale: 'de' };
    const ifMatch = headers.get('etag') ?? '';
    expect((await problemOf(api('updateSettings', { body }))).problem.status).toBe(428);
    const updated = await api('updateSettings', { body, ifMatch });
    expect(updated.data).toMatchObject({ locale: 'de', version: version + 1 });
    const stale = await problemOf(api('updateSettings', { body, ifMatch }));
    expect(stale.problem.status).toBe(412);
    const wrong = { ...body, locale: '<script>' };
    const { problem } = await problemOf(api('updateSettings', { body: wrong, ifMatch: '*' }));
    expect(problem.errors).toMatchObject([{ field: 'locale' }]);
    const reread = await api('getSettings');
    expect(reread.headers.get('etag')).toBe(updated.headers.get('etag'));
  });

  test('lists versions of settings and rules, shows one, and goes back to it', async () => {
    const first = (await api('getSettings')).data;
    const { version: _version, ...rest } = first;
    await api('updateSettings', { body: { ...rest, locale: 'fr' }, ifMatch: '*' });
    const newest = await api('listSettingsVersions', { query: { limit: 1 } });
    expect(newest.data.versions).toMatchObject([
      { version: first.version + 1, actor: expect.stringMatching(/^app:/) },
    ]);
    const { next: cursor = '' } = newest.data;
    const older = await api('listSettingsVersions', {
      query: { limit: 1, cursor: Number(cursor) },
    });
    expect(older.data.versions).toMatchObject([{ version: first.version }]);
    const params = { version: String(first.version) };
    expect((await api('getSettingsVersion', { params })).data.value).toEqual(first);
    const back = await api('rollBackSettings', { params });
    expect(back.data.version).toBe(first.version + 2);
    expect((await api('getSettings')).data).toEqual({ ...first, version: first.version + 2 });
    const query = { kind: 'moderation' } as const;
    const rules = await api('getSettingsVersion', { params: { version: '1' }, query });
    expect(rules.data.value).toEqual({ autoPublish: true });
    for (const version of ['0', '99', '1e3', '99999999999']) {
      const missing = await problemOf(api('getSettingsVersion', { params: { version } }));
      expect(missing.problem.status).toBe(404);
    }
    const reader = await as('settings:read');
    expect((await problemOf(reader('rollBackSettings', { params }))).problem.status).toBe(403);
  });

  test('tells webhooks of the shop’s replies', async () => {
    const events = ['review.updated' as const];
    const { data } = await api('addWebhook', { body: { url: 'https://hooks.example/r', events } });
    const body = { productId: 'told', rating: 2, author: 'Ida', email: 'ida@example.com' } as const;
    const { data: review } = await api('submitReview', { body });
    const change = { params: { reviewId: review.id }, ifMatch: '*' };
    await api('changeReview', { ...change, body: { reply: 'We are sorry.' } });
    await api('changeReview', { ...change, body: { reply: null } });
    const params = { webhookId: data.id };
    const { deliveries } = (await api('listWebhookDeliveries', { params })).data;
    expect(deliveries.map(({ type }) => type)).toEqual(['review.updated', 'review.updated']);
    await api('removeWebhook', { params });
  });

  test('replaces the rules of moderation under If-Match, and they hold', async () => {
    const { data, headers } = await api('getModerationRules');
    const ifMatch = headers.get('etag') ?? '';
    const body = { ...data, blocklist: ['forbidden'] };
    const updated = await api('updateModerationRules', { body, ifMatch });
    expect(updated.data).toEqual(body);
    const stale = await problemOf(api('updateModerationRules', { body, ifMatch }));
    expect(stale.problem.status).toBe(412);
    const again = await api('getModerationRules');
    expect(again.headers.get('etag')).toBe(updated.headers.get('etag'));
    const held = { productId: 'rules', rating: 5, ...MARA, body: 'A forbidden word' } as const;
    expect((await api('submitReview', { body: held })).data.status).toBe('pending');
    await api('updateModerationRules', { body: data, ifMatch: '*' });
  });

  test('adds a webhook once, shows its secret once, and keeps it nowhere in clear', async () => {
    const body = { url: 'https://hooks.example/', events: ['review.archived' as const] };
    const added = await api('addWebhook', { body, key: 'a webhook of mine' });
    const again = await api('addWebhook', { body, key: 'a webhook of mine' });
    expect(again.data).toEqual(added.data);
    expect(added.data.secret).toMatch(/^whsec_/);
    const kept = await asSystem(fixture.context.db, (tx) => tx.select().from(requestAnswers));
    expect(JSON.stringify(kept)).not.toContain('whsec_');
    const params = { webhookId: added.data.id };
    const { secret: _secret, ...shown } = added.data;
    expect((await api('getWebhook', { params })).data).toEqual(shown);
    expect((await api('listWebhooks')).data.webhooks).toEqual([shown]);
    await api('removeWebhook', { params });
    expect((await problemOf(api('getWebhook', { params }))).problem.status).toBe(404);
  });

  test('disables and enables a webhook, and replays what happened', async () => {
    const body = { url: 'https://hooks.example/', events: ['review.created' as const] };
    const { data } = await api('addWebhook', { body });
    const params = { webhookId: data.id };
    await api('disableWebhook', { params });
    expect((await api('getWebhook', { params })).data.disabledFor).toBe('merchant');
    const review = { productId: 'hook', rating: 5, ...MARA } as const;
    await api('submitReview', { body: review });
    const held = await api('listWebhookDeliveries', { params });
    expect(held.data.deliveries).toMatchObject([{ type: 'review.created', state: 'held' }]);
    await api('enableWebhook', { params });
    const waiting = await api('listWebhookDeliveries', { params });
    expect(waiting.data.deliveries).toMatchObject([{ state: 'waiting' }]);
    const range = { since: '2026-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' };
    // What waits is sent anyhow.
    expect((await api('replayWebhook', { params, body: range })).data).toEqual({ replayed: 0 });
    const rotated = await api('rotateWebhookSecret', { params });
    expect(rotated.data.secret).not.toBe(data.secret);
  });

  test('refuses webhooks that cannot be', async () => {
    const body = { url: 'ftp://hooks.example/' };
    const { problem } = await problemOf(api('addWebhook', { body }));
    expect(problem).toMatchObject({ status: 400, detail: expect.stringContaining('http') });
  });

  test('takes an import back', async () => {
    const { context } = fixture;
    const shop = await findShop(context.db, 'acme');
    const subject = { source: 'import:test', fileName: 'reviews.csv', fileDigest: 'x' };
    const { publicId } = await startImport(context, shop, subject);
    const listed = await api('listImports');
    expect(listed.data.imports).toMatchObject([{ id: publicId, state: 'running' }]);
    const undoing = await api('undoImport', { params: { importId: publicId } });
    expect(undoing.data).toEqual({ deleted: 0, isDone: true });
    const [undone] = await listImports(context.db, shop.id, 1);
    expect(undone?.state).toBe('undone');
    const unknown = await problemOf(api('undoImport', { params: { importId: 'unknown' } }));
    expect(unknown.problem.status).toBe(404);
  });

  test('pages through imports and deliveries, each once', async () => {
    const { context } = fixture;
    const shop = await findShop(context.db, 'acme');
    const { data: webhook } = await api('addWebhook', { body: { url: 'https://hooks.example/' } });
    const params = { webhookId: webhook.id };
    for (let n = 0; n < 3; n += 1) {
      const subject = { source: 'import:pages', fileName: `${n}.csv`, fileDigest: `pages ${n}` };
      await startImport(context, shop, subject);
      await api('submitReview', { body: { productId: `deliveries-${n}`, rating: 5, ...MARA } });
    }
    const { data: all } = await api('listImports', { query: { limit: 2 } });
    expect(all.imports.map(({ fileName }) => fileName)).toEqual(['2.csv', '1.csv']);
    const rest = await api('listImports', { query: { cursor: all.next ?? '' } });
    expect(rest.data.imports[0]?.fileName).toBe('0.csv');
    expect(rest.data).not.toHaveProperty('next');
    const whole = await api('listWebhookDeliveries', { params });
    expect(whole.data.deliveries).toHaveLength(6);
    const first = await api('listWebhookDeliveries', { params, query: { limit: 4 } });
    const query = { cursor: first.data.next ?? '' };
    const second = await api('listWebhookDeliveries', { params, query });
    expect([...first.data.deliveries, ...second.data.deliveries]).toEqual(whole.data.deliveries);
    const wrong = await problemOf(api('listImports', { query: { cursor: 'unknown' } }));
    expect(wrong.problem).toMatchObject({ status: 400, parameter: 'cursor' });
    await api('removeWebhook', { params });
  });

  test('exports all reviews as a text, with addresses for whoever may know them', async () => {
    const review = { productId: 'export', rating: 5, ...MARA, body: '=1+1' } as const;
    await api('submitReview', { body: review });
    const export_ = async (query: NonNullable<InputOf<'exportReviews'>['query']>, client = api) => {
      const { data, headers } = await client('exportReviews', { query });
      return { text: String(data), mediaType: headers.get('content-type') };
    };
    const lines = await export_({});
    expect(lines.mediaType).toBe('application/jsonl; charset=utf-8');
    expect(lines.text).toContain('"=1+1"');
    expect(lines.text).not.toContain(MARA.email);
    const table = await export_({ format: 'plaudit-csv', emails: true });
    expect(table.mediaType).toBe('text/csv; charset=utf-8');
    expect(table.text).toContain("'=1+1");
    expect(table.text).toContain(MARA.email);
    expect((await export_({ format: 'jsonl', status: 'archived' })).text).not.toContain('=1+1');
    const reader = await as('reviews:read');
    const { problem } = await problemOf(export_({ emails: true }, reader));
    expect(problem.status).toBe(403);
  });

  test('exports and erases a person', async () => {
    const body = { email: 'zoe@example.com' };
    const review = { productId: 'zoe', rating: 5, author: 'Zoe', ...body } as const;
    await api('submitReview', { body: review });
    const { data } = await api('exportPerson', { body });
    expect(data.reviews).toMatchObject([{ product: 'zoe', author: 'Zoe', email: body.email }]);
    const erased = await api('erasePerson', { body });
    expect(erased.data).toEqual({ reviews: 1, questions: 0, customers: 0, orders: 0 });
    expect((await api('exportPerson', { body })).data.reviews).toEqual([]);
  });

  test('shows the audit log in pages, each act once', async () => {
    const sequences: number[] = [];
    let cursor: number | undefined;
    do {
      const query = { limit: 7, ...(cursor !== undefined && { cursor }) };
      const { data } = await api('listAuditLog', { query });
      sequences.push(...data.acts.map(({ sequence }) => sequence));
      cursor = data.next === undefined ? undefined : Number(data.next);
    } while (cursor !== undefined);
    const all = Array.from({ length: sequences.length }, (_, n) => sequences.length - n);
    expect(sequences).toEqual(all);
  });
});
