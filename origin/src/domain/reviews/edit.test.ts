import { DEFAULT_SETTINGS, type ReviewEdit, type ReviewReceipt } from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { createApp } from '../../app.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox, reviews } from '../../db/schema.ts';
import { NotEditableError, UnknownReviewError } from '../errors.ts';
import { updateSettings } from '../settings/update.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';
import { createShop } from '../shops/create.ts';
import { findShop } from '../shops/find.ts';
import { addEndpoint } from '../webhooks/add.ts';
import { changeReview } from './change.ts';
import { editReview } from './edit.ts';
import { listProductReviews } from './list.ts';
import { publishReview, rejectReview } from './moderate.ts';
import { submitReview } from './submit.ts';

const HELD = 'Found at www.example.org';
let people = 0;

describeOnEach('editReview', (fixture) => {
  const submit = async (product: string, body = HELD, more = {}): Promise<ReviewReceipt> =>
    submitReview(fixture.context, 'acme', product, {
      rating: 4,
      body,
      author: 'Mara',
      email: `mara-${(people += 1)}@example.com`,
      answers: [{ question: 'comfort', value: 2 }],
      ...more,
    });
  const edit = ({ id, editSecret = '' }: ReviewReceipt, more: Partial<ReviewEdit> = {}) =>
    editReview(fixture.context, 'acme', id, {
      secret: editSecret,
      rating: 2,
      author: 'Mara L.',
      ...more,
    });
  const list = async (product: string, query = {}) => {
    const { db } = fixture.context;
    return listProductReviews(db, (await findShop(db, 'acme')).id, product, query);
  };
  const stored = async ({ id }: ReviewReceipt) => {
    const [row] = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(reviews).where(eq(reviews.publicId, id)),
    );
    return row;
  };

  beforeAll(async () => {
    const form = { questions: [{ id: 'comfort', kind: 'scale', label: 'Comfort' } as const] };
    await updateSettings(fixture.context, 'acme', { ...DEFAULT_SETTINGS, form });
  });

  test('a review has a secret of which a digest is kept', async () => {
    const receipt = await submit('kettle');
    expect(receipt.editSecret).toMatch(/^[\w-]{32}$/);
    const row = await stored(receipt);
    expect(JSON.stringify(row)).not.toContain(receipt.editSecret);
    expect(row?.editDigest).toMatch(/^[\w-]{43}$/);
  });

  test('is told to webhooks, before what it may be published by', async () => {
    const receipt = await submit('told');
    await addEndpoint(fixture.context, 'acme', { url: 'https://hooks.example/', events: [] });
    await edit(receipt, { body: 'Better.' });
    const told = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(webhookDeliveries).orderBy(webhookDeliveries.id),
    );
    expect(told.map(({ type }) => type)).toEqual(['review.updated', 'review.published']);
    const data = { id: receipt.id, rating: 2, body: 'Better.', status: 'published' };
    expect(JSON.parse(told[0]?.payload ?? '')).toMatchObject({ type: 'review.updated', data });
  });

  test('puts other words in its place and judges them anew', async () => {
    const receipt = await submit('lamp');
    const still = await edit(receipt, { title: 'Bright', body: `Yes. ${HELD}` });
    expect(still).toEqual({ id: receipt.id, status: 'pending' });
    expect(await stored(receipt)).toMatchObject({
      rating: 2,
      title: 'Bright',
      author: 'Mara L.',
      answers: [],
      publishedAt: null,
      heldBy: [{ rule: 'links' }],
    });
    const answers = [{ question: 'comfort', value: 5 }];
    expect(await edit(receipt, { body: 'Bright.', answers })).toMatchObject({
      status: 'published',
    });
    const page = await list('lamp', { answer: 'comfort:5' });
    expect(page.summary).toMatchObject({ count: 1, average: 2 });
    expect(page.reviews).toMatchObject([{ id: receipt.id, body: 'Bright.', author: 'Mara L.' }]);
    expect(page.reviews[0]).not.toHaveProperty('title');
    const purges = await asSystem(fixture.context.db, async (tx) => tx.select().from(outbox));
    expect(purges.at(-1)?.payload).toMatchObject({
      mode: 'soft',
      tags: expect.arrayContaining(['product:acme:lamp']),
    });
  });

  test('leaves the video, and with it what the rules say of links', async () => {
    const videos = ['https://films.example/42'];
    const receipt = await submit('filmed', 'Boils.', { videos });
    expect(receipt.status).toBe('pending');
    expect((await edit(receipt, { body: 'Boils well.' })).status).toBe('pending');
    expect(await stored(receipt)).toMatchObject({
      body: 'Boils well.',
      heldBy: [{ rule: 'links' }],
      media: [{ kind: 'video', url: videos[0] }],
      mediaCount: 1,
    });
    await publishReview(fixture.context, 'acme', receipt.id);
    const { reviews: shown } = await list('filmed', { media: true });
    expect(shown.map(({ media }) => media)).toEqual([[{ kind: 'video', url: videos[0] }]]);
  });

  test('takes the translation away, which was of other words', async () => {
    const receipt = await submit('translated');
    const translation = { locale: 'de', body: 'Kocht.' };
    await changeReview(fixture.context, 'acme', receipt.id, { translation }, () => {});
    expect(await stored(receipt)).toMatchObject({ translation });
    await edit(receipt, { body: HELD });
    expect(await stored(receipt)).toMatchObject({ translation: null });
  });

  test('is over once the shop has decided', async () => {
    const [published, rejected] = [await submit('pan'), await submit('pan')];
    await publishReview(fixture.context, 'acme', published.id);
    await rejectReview(fixture.context, 'acme', rejected.id);
    for (const receipt of [published, rejected]) {
      await expect(edit(receipt)).rejects.toThrow(NotEditableError);
      expect(await stored(receipt)).toMatchObject({ rating: 4, body: HELD });
    }
  });

  test('meets the decision of the shop at the same moment: one of the two comes first', async () => {
    const receipt = await submit('race');
    const [edited] = await Promise.allSettled([
      edit(receipt, { body: 'Fast.' }),
      rejectReview(fixture.context, 'acme', receipt.id),
    ]);
    const row = await stored(receipt);
    expect(row?.status).toBe('rejected');
    expect(row?.body).toBe(edited.status === 'fulfilled' ? 'Fast.' : HELD);
    expect((await list('race')).summary.count).toBe(0);
  });

  test('needs the secret of that very review, in that shop', async () => {
    const [one, other] = [await submit('cup'), await submit('cup')];
    await createShop(fixture.context, { appKey: 'other', name: 'Other', autoPublish: true });
    await expect(edit({ ...one, editSecret: 'x'.repeat(32) })).rejects.toThrow(UnknownReviewError);
    await expect(edit({ ...one, editSecret: other.editSecret ?? '' })).rejects.toThrow(
      UnknownReviewError,
    );
    const secret = one.editSecret ?? '';
    const elsewhere = editReview(fixture.context, 'other', one.id, {
      secret,
      rating: 1,
      author: 'Eve',
    });
    await expect(elsewhere).rejects.toThrow(UnknownReviewError);
  });

  test('a retry of the submission gets another secret, and the first is void', async () => {
    const more = { idempotencyKey: 'form-12345678', email: 'ret@example.com' };
    const first = await submit('vase', HELD, more);
    const again = await submit('vase', HELD, more);
    expect(again).toMatchObject({ id: first.id, status: 'pending' });
    await expect(edit(first)).rejects.toThrow(UnknownReviewError);
    expect(await edit(again, { body: 'Holds water.' })).toMatchObject({ status: 'published' });
  });

  test('comes as text, as pages send it, and refusals say why', async () => {
    const app = createApp({ domain: fixture.context, log: pino({ level: 'silent' }) });
    const receipt = await submit('mug');
    const send = async (body: unknown, init = {}) =>
      app.request(`http://origin/v1/shops/acme/reviews/${receipt.id}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify(body),
        ...init,
      });
    const change = { secret: receipt.editSecret, rating: 5, author: 'Mara', body: 'Warm.' };
    expect((await send({ ...change, rating: 6 })).status).toBe(400);
    expect((await send({ ...change, secret: 'y'.repeat(32) })).status).toBe(404);
    const edited = await send(change);
    expect([edited.status, await edited.json()]).toEqual([
      200,
      { id: receipt.id, status: 'published' },
    ]);
    expect(edited.headers.get('cache-control')).toBe('no-store');
    const late = await send(change);
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ type: 'urn:plaudit:problem:not-editable' });
    expect((await send(undefined, { method: 'PUT' })).headers.get('allow')).toBe('OPTIONS, POST');
  });
});
