import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eq, sql } from 'drizzle-orm';
import { fillShop } from '../../../test/compat-shop.ts';
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
import { outbox, reviews } from '../../db/schema.ts';
import { listActs } from '../../domain/audit/list.ts';
import { listProductReviews } from '../../domain/reviews/list.ts';
import { findShop } from '../../domain/shops/find.ts';
import { removeOldAnswers } from '../../jobs/remove-old-answers.ts';

const DAY_MS = 24 * 60 * 60_000;
const NEW = { productId: 'kettle', rating: 5, author: 'Mara', email: 'mara@example.com' } as const;

describeOnEach('reviews in the management API', (fixture) => {
  let origin: OAuthOrigin;
  let api: ManagementClient;

  const as = async (...scopes: Scope[]) =>
    createManagementClient(origin.url, await origin.token(await origin.app({ scopes })));

  /** What visitors see of a product. */
  const seen = async (product: string) => {
    const { db } = fixture.context;
    const { id } = await findShop(db, 'acme');
    return listProductReviews(db, id, product, {});
  };

  /** The purges since the last look. */
  const purges = () =>
    asSystem(fixture.context.db, async (tx) => {
      const rows = await tx.delete(outbox).returning({ payload: outbox.payload });
      return rows.map(({ payload }) => payload);
    });

  /** A review in a product of its own, and its ETag. */
  const make = async (productId: string) => {
    const { data } = await api('submitReview', { body: { ...NEW, productId } });
    const { headers } = await api('getReview', { params: { reviewId: data.id } });
    await purges();
    return { params: { reviewId: data.id }, ifMatch: headers.get('etag') ?? '' };
  };

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    api = await as('reviews:read', 'reviews:write');
    const at = (day: number) => ({ createdAt: new Date(Date.UTC(2026, 1, day)) });
    await fillShop(fixture.context, 'acme', [
      { ...at(1), rating: 5, body: 'Boils in a minute', author: 'Ana' },
      { ...at(2), rating: 4, status: 'pending', title: 'Whistles a tune' },
      { ...at(3), rating: 1, status: 'rejected', body: 'Leaks' },
      { ...at(4), rating: 2, status: 'archived', body: 'Old, and whistles' },
      { ...at(5), rating: 3, product: { externalId: 'lamp' }, body: 'Bright' },
    ]);
  });
  beforeEach(async () => {
    await purges();
  });
  afterAll(() => origin.close());

  const IMPORTED = { until: '2026-03-01T00:00:00Z' };
  const listed = async (query: InputOf<'listReviews'>['query']) => {
    const { data } = await api('listReviews', { query: { ...IMPORTED, ...query } });
    return data.reviews.map(({ createdAt }) => Number(createdAt.slice(8, 10)));
  };

  test('are listed whatever their status, newest first', async () => {
    expect(await listed({})).toEqual([5, 4, 3, 2, 1]);
  });

  test('are filtered by status, product, stars, words and time', async () => {
    expect(await listed({ status: ['pending', 'archived'] })).toEqual([4, 2]);
    expect(await listed({ product: 'lamp' })).toEqual([5]);
    expect(await listed({ product: 'unknown' })).toEqual([]);
    expect(await listed({ rating: [1, 4] })).toEqual([3, 2]);
    expect(await listed({ q: 'whistl' })).toEqual([4, 2]);
    expect(
      await listed({ since: '2026-02-02T01:00:00+01:00', until: '2026-02-04T00:00:00Z' }),
    ).toEqual([3, 2]);
    expect(await listed({ product: 'kettle', status: ['published'], q: 'minute' })).toEqual([1]);
  });

  test('come in pages that together are the list, and each once', async () => {
    const days: number[] = [];
    let cursor: string | undefined;
    do {
      const query = { ...IMPORTED, limit: 2, ...(cursor !== undefined && { cursor }) };
      const { data } = await api('listReviews', { query });
      days.push(...data.reviews.map(({ createdAt }) => Number(createdAt.slice(8, 10))));
      cursor = data.next;
    } while (cursor !== undefined);
    expect(days).toEqual([5, 4, 3, 2, 1]);
  });

  test('a cursor of another list is refused by name', async () => {
    const { data } = await api('listReviews', { query: { limit: 1 } });
    const query = { status: ['pending' as const], cursor: data.next ?? '' };
    const { problem } = await problemOf(api('listReviews', { query }));
    expect(problem).toMatchObject({ status: 400, parameter: 'cursor' });
  });

  test('show the reviewer’s address to whoever may know it, and to nobody else', async () => {
    const { params } = await make('address');
    const reader = await as('reviews:read', 'persons:read');
    const known = await reader('getReview', { params });
    expect(known.data.email).toBe('mara@example.com');
    const [first] = (await reader('listReviews', { query: { product: 'address' } })).data.reviews;
    expect(first?.email).toBe('mara@example.com');
    const unknown = await api('getReview', { params });
    expect(JSON.stringify(unknown.data)).not.toContain('mara@');
    expect(unknown.headers.get('etag')).toBe(known.headers.get('etag'));
    const page = await api('listReviews', { query: { product: 'address' } });
    expect(JSON.stringify(page.data)).not.toContain('mara@');
  });

  test('are submitted as visitors do it, and found where the answer says', async () => {
    const { data, headers } = await api('submitReview', { body: { ...NEW, productId: 'new' } });
    expect(headers.get('location')).toBe(`/api/v1/reviews/${data.id}`);
    const { summary } = await seen('new');
    expect(summary.count).toBe(1);
  });

  test('AP01: are submitted once under one key, however often and however much at once', async () => {
    const body = { ...NEW, productId: 'once' };
    const key = 'order-1000-review';
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api('submitReview', { body, key })),
    );
    expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect((await seen('once')).summary.count).toBe(1);
    expect(await purges()).toHaveLength(1);
  });

  test('AP01: a key that was used for another request is refused, and is each app’s own', async () => {
    const body = { ...NEW, productId: 'keys' };
    await api('submitReview', { body, key: 'a key of mine' });
    const other = { ...body, rating: 1 } as const;
    const { problem } = await problemOf(api('submitReview', { body: other, key: 'a key of mine' }));
    expect(problem).toMatchObject({
      status: 422,
      type: 'urn:plaudit:problem:idempotency-conflict',
    });
    const neighbour = await as('reviews:write');
    const own = { ...other, body: 'By another app.', email: 'ines@example.com' };
    await neighbour('submitReview', { body: own, key: 'a key of mine' });
    expect((await seen('keys')).summary.count).toBe(2);
  });

  test('a request that was refused leaves its key free', async () => {
    const body = { ...NEW, productId: 'free', media: ['no-such-upload'] };
    const key = 'a key that failed';
    expect((await problemOf(api('submitReview', { body, key }))).problem.status).toBe(400);
    await api('submitReview', { body: { ...NEW, productId: 'free' }, key });
    expect((await seen('free')).summary.count).toBe(1);
  });

  test('AP01: kept answers are sealed, and gone after a day', async () => {
    const { db } = fixture.context;
    const { data } = await api('submitReview', { body: NEW, key: 'a key for a day' });
    const kept = () =>
      asSystem(db, (tx) =>
        tx.select().from(requestAnswers).where(eq(requestAnswers.key, 'a key for a day')),
      );
    expect(JSON.stringify(await kept())).not.toContain(data.id);
    expect(JSON.stringify(await kept())).not.toContain('mara');
    await removeOldAnswers(db, new Date(clock.now.getTime() + DAY_MS - 1000));
    expect(await kept()).toHaveLength(1);
    await removeOldAnswers(db, new Date(clock.now.getTime() + DAY_MS + 1000));
    expect(await kept()).toEqual([]);
  });

  test.each(['rejected', 'archived'] as const)(
    'that are %s go from sight at once, and come back when published',
    async (status) => {
      const made = await make(`to-be-${status}`);
      const { data, headers } = await api('changeReview', { ...made, body: { status } });
      expect(data.status).toBe(status);
      expect((await seen(`to-be-${status}`)).summary.count).toBe(0);
      expect(await purges()).toMatchObject([{ mode: 'hard' }]);
      const ifMatch = headers.get('etag') ?? '';
      await api('changeReview', { ...made, ifMatch, body: { status: 'published' } });
      expect((await seen(`to-be-${status}`)).summary.count).toBe(1);
      expect(await purges()).toMatchObject([{ mode: 'soft' }]);
    },
  );

  test('are replied to in the shop’s name, and the reply can be taken back', async () => {
    const made = await make('reply');
    const first = await api('changeReview', { ...made, body: { reply: 'Thank you' } });
    expect(first.data.reply).toEqual({ body: 'Thank you', createdAt: clock.now.toISOString() });
    expect((await seen('reply')).reviews[0]?.reply?.body).toBe('Thank you');
    expect(await purges()).toMatchObject([{ mode: 'soft' }]);
    const ifMatch = first.headers.get('etag') ?? '';
    const second = await api('changeReview', { ...made, ifMatch, body: { reply: null } });
    expect(second.data).not.toHaveProperty('reply');
    expect((await seen('reply')).reviews[0]).not.toHaveProperty('reply');
    expect(await purges()).toMatchObject([{ mode: 'hard' }]);
  });

  test('are translated by the shop, and the translation goes with what it was of', async () => {
    const made = await make('translated');
    const translation = { locale: 'en', title: 'Good', body: 'It boils.' };
    const first = await api('changeReview', { ...made, body: { translation } });
    expect(first.data.translation).toEqual(translation);
    expect((await seen('translated')).reviews[0]?.translation).toEqual(translation);
    expect(await purges()).toMatchObject([{ mode: 'soft' }]);
    const ifMatch = first.headers.get('etag') ?? '';
    const same = await api('changeReview', { ...made, ifMatch, body: { translation } });
    expect(same.headers.get('etag')).toBe(ifMatch);
    expect(await purges()).toEqual([]);
    const last = await api('changeReview', { ...made, ifMatch, body: { translation: null } });
    expect(last.data).not.toHaveProperty('translation');
    expect((await seen('translated')).reviews[0]).not.toHaveProperty('translation');
    expect(await purges()).toMatchObject([{ mode: 'hard' }]);
  });

  test.for([
    { locale: 'en' },
    { locale: 'English', body: 'x' },
    { body: 'x' },
    { locale: 'en', body: '' },
    { locale: 'en', body: 'x', rating: 5 },
  ])('are not given the translation %j', async (translation) => {
    const made = await make(`untranslated ${JSON.stringify(translation)}`);
    const body = { translation } as object;
    const { problem } = await problemOf(api('changeReview', { ...made, body }));
    expect(problem).toMatchObject({ status: 400, type: 'urn:plaudit:problem:invalid-body' });
  });

  test('a change says which state it is of: 428 without, 412 where that is gone', async () => {
    const { params, ifMatch } = await make('match');
    const body = { reply: 'Thank you' };
    const missing = await problemOf(api('changeReview', { params, body }));
    expect(missing.problem).toMatchObject({
      status: 428,
      type: 'urn:plaudit:problem:precondition-required',
    });
    await api('changeReview', { params, ifMatch, body });
    const stale = await problemOf(
      api('changeReview', { params, ifMatch, body: { status: 'rejected' } }),
    );
    expect(stale.problem).toMatchObject({
      status: 412,
      type: 'urn:plaudit:problem:precondition-failed',
    });
    expect((await seen('match')).summary.count).toBe(1);
    await api('changeReview', { params, ifMatch: '*', body: { status: 'rejected' } });
  });

  test('of two changes of one state one is made', async () => {
    const { params, ifMatch } = await make('race');
    const changes = ['One', 'Two'].map((reply) =>
      api('changeReview', { params, ifMatch, body: { reply } }).then(
        () => 200,
        (error: { problem: { status: number } }) => error.problem.status,
      ),
    );
    expect((await Promise.all(changes)).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });

  test('what cannot be changed is refused by name', async () => {
    const made = await make('mass');
    const body = { rating: 5, verified: true } as object;
    const { problem } = await problemOf(api('changeReview', { ...made, body }));
    expect(problem).toMatchObject({ status: 400, type: 'urn:plaudit:problem:invalid-body' });
    expect(problem.errors?.[0]?.message).toMatch(/rating.*verified/);
  });

  test('are decided on by the hundred, each by itself', async () => {
    const one = await make('many');
    const two = await make('many more');
    await api('changeReview', { ...two, body: { status: 'archived' } });
    const ids = [one, two].map(({ params }) => params.reviewId);
    const body = { ids: [...ids, 'unknown'], status: 'archived' as const };
    const { data } = await api('moderateReviews', { body });
    expect(data.results.map(({ result }) => result)).toEqual(['changed', 'unchanged', 'unknown']);
    expect((await seen('many')).summary.count).toBe(0);
    const tooMany = { ...body, ids: Array.from({ length: 101 }, () => 'x') };
    const { problem } = await problemOf(api('moderateReviews', { body: tooMany }));
    expect(problem.status).toBe(400);
  });

  test('LG04: what was decided on one is told, with who, why and under which rules', async () => {
    const { params, ifMatch } = await make('decided');
    await api('changeReview', { params, ifMatch, body: { status: 'rejected', reason: 'spam' } });
    const ids = [params.reviewId];
    await api('moderateReviews', { body: { ids, status: 'published', reason: 'other' } });
    const { decisions } = (await api('listReviewDecisions', { params })).data;
    const actor = expect.stringMatching(/^app:app_/);
    const rulesVersion = 1;
    expect(decisions).toEqual([
      {
        at: expect.any(String),
        actor,
        from: 'published',
        to: 'rejected',
        reason: 'spam',
        rulesVersion,
      },
      {
        at: expect.any(String),
        actor,
        from: 'rejected',
        to: 'published',
        reason: 'other',
        rulesVersion,
      },
    ]);
    const unknown = api('listReviewDecisions', { params: { reviewId: 'unknown' } });
    expect((await problemOf(unknown)).problem.status).toBe(404);
  });

  test('what is done to them is written down under the app’s name', async () => {
    const made = await make('acts');
    await api('changeReview', { ...made, body: { status: 'archived', reply: 'Thank you' } });
    const acts = await listActs(fixture.context.db, 'acme', 2);
    const subject = made.params.reviewId;
    const actor = expect.stringMatching(/^app:app_/);
    expect(acts).toMatchObject([
      {
        verb: 'review.moderate',
        subject,
        actor,
        details: { from: 'published', to: 'archived', reason: 'not-given', rules: 1 },
      },
      { verb: 'review.reply', subject, actor },
    ]);
  });

  test('of a million the first page costs what its rows cost: every branch reads an index', async () => {
    const { db } = fixture.context;
    const { id } = await findShop(db, 'acme');
    const plan = await asSystem(db, async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      const query = tx
        .select()
        .from(reviews)
        .where(sql`shop_id = ${id} and status = 'rejected'`)
        .orderBy(sql`created_at desc, id desc`)
        .limit(3);
      return JSON.stringify(await tx.execute(sql`explain ${query}`));
    });
    expect(plan).toContain('reviews_unpublished');
    expect(plan).not.toContain('Sort');
  });
});
