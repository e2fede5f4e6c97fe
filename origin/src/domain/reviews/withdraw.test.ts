import type { ReviewReceipt } from '@plaudit/contract';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox, reviews } from '../../db/schema.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';
import { listActs } from '../audit/list.ts';
import { NotEditableError, UnknownReviewError } from '../errors.ts';
import { createShop } from '../shops/create.ts';
import { findShop } from '../shops/find.ts';
import { keepUpload } from '../uploads/keep.ts';
import { castVote } from '../votes/cast.ts';
import { addEndpoint } from '../webhooks/add.ts';
import { changeReview } from './change.ts';
import { editReview } from './edit.ts';
import { listProductReviews } from './list.ts';
import { publishReview, rejectReview } from './moderate.ts';
import { submitReview } from './submit.ts';
import { withdrawReview } from './withdraw.ts';

const CANARY = 'canarybird';
const HELD = `${CANARY} at www.example.org`;
let people = 0;

describeOnEach('withdrawReview', (fixture) => {
  const submit = async (
    product: string,
    body = `A ${CANARY}.`,
    more = {},
  ): Promise<ReviewReceipt> =>
    submitReview(fixture.context, 'acme', product, {
      rating: 4,
      title: CANARY,
      body,
      author: CANARY,
      email: `${CANARY}-${(people += 1)}@example.com`,
      ...more,
    });
  const withdraw = ({ id, editSecret = '' }: ReviewReceipt, appKey = 'acme') =>
    withdrawReview(fixture.context, appKey, id, editSecret);
  const list = async (product: string) => {
    const { db } = fixture.context;
    return listProductReviews(db, (await findShop(db, 'acme')).id, product, {});
  };
  const count = ({ id }: ReviewReceipt) =>
    asSystem(fixture.context.db, async (tx) => tx.$count(reviews, eq(reviews.publicId, id)));
  const purges = () =>
    asSystem(fixture.context.db, async (tx) => tx.select().from(outbox).orderBy(outbox.id));
  const told = () =>
    asSystem(fixture.context.db, async (tx) =>
      tx.select().from(webhookDeliveries).orderBy(webhookDeliveries.id),
    );

  /** All rows of all tables that hold a text. */
  const findAnywhere = async (text: string): Promise<string[]> =>
    asSystem(fixture.context.db, async (tx) => {
      const tables = (await tx.execute(
        sql`select relname as name from pg_class
            where relkind = 'r' and relnamespace = 'public'::regnamespace`,
      )) as { rows: { name: string }[] };
      const found: string[] = [];
      for (const { name } of tables.rows) {
        const rows = (await tx.execute(
          sql`select t::text as line from ${sql.identifier(name)} t where t::text like ${`%${text}%`}`,
        )) as { rows: { line: string }[] };
        found.push(...rows.rows.map(({ line }) => `${name}: ${line}`));
      }
      return found;
    });

  beforeAll(async () => {
    await addEndpoint(fixture.context, 'acme', { url: 'https://hooks.example/', events: [] });
  });

  test('GD06: removes a published review with all that came with it, and tells caches and webhooks', async () => {
    const bytes = Uint8Array.of(7, 7, 7);
    const photos = { small: bytes, medium: bytes, large: bytes };
    const media = [await keepUpload(fixture.context, 'acme', photos)];
    const stays = await submit('kettle', 'It boils.', {
      author: 'Jo',
      title: 'Yes',
      email: 'jo@example.com',
    });
    const receipt = await submit('kettle', `A ${CANARY}.`, { media });
    await changeReview(fixture.context, 'acme', receipt.id, { reply: `Dear ${CANARY}` }, () => {});
    await castVote(
      fixture.context,
      'acme',
      { kind: 'review', id: receipt.id },
      {
        vote: 'up',
        voter: 'a-voter-of-the-shop',
      },
    );
    expect((await list('kettle')).summary.count).toBe(2);
    expect(await findAnywhere(CANARY)).not.toEqual([]);

    expect(await withdraw(receipt)).toEqual({ id: receipt.id, status: 'withdrawn' });
    const page = await list('kettle');
    expect(page.summary).toMatchObject({ count: 1, average: 4 });
    expect(page.reviews.map(({ id }) => id)).toEqual([stays.id]);
    expect(await findAnywhere(CANARY)).toEqual([]);
    expect((await purges()).at(-1)?.payload).toMatchObject({
      mode: 'hard',
      tags: expect.arrayContaining(['product:acme:kettle', `media:acme:${media[0]}`]),
    });
    const last = (await told()).at(-1);
    expect(JSON.parse(last?.payload ?? '')).toMatchObject({
      type: 'review.withdrawn',
      data: { id: receipt.id, productId: 'kettle', status: 'withdrawn' },
    });
    const [act] = await listActs(fixture.context.db, 'acme', 1);
    expect(act).toMatchObject({
      verb: 'review.withdraw',
      subject: receipt.id,
      details: { from: 'published' },
    });
  });

  test('does so whatever was decided, and asking again changes nothing', async () => {
    const [waiting, published, rejected] = [
      await submit('lamp', HELD),
      await submit('lamp', HELD),
      await submit('lamp', HELD),
    ];
    await publishReview(fixture.context, 'acme', published.id);
    await rejectReview(fixture.context, 'acme', rejected.id);
    for (const receipt of [waiting, published, rejected]) {
      const done = { id: receipt.id, status: 'withdrawn' };
      expect(await withdraw(receipt)).toEqual(done);
      const [before, beforeTold] = [await purges(), await told()];
      expect(await withdraw(receipt)).toEqual(done);
      expect([await purges(), await told()]).toEqual([before, beforeTold]);
      expect(await count(receipt)).toBe(0);
      const guess = withdraw({ ...receipt, editSecret: 'x'.repeat(32) });
      await expect(guess).rejects.toThrow(UnknownReviewError);
    }
    expect((await list('lamp')).summary.count).toBe(0);
  });

  test('needs the secret of that very review, in that shop', async () => {
    const [one, other] = [await submit('cup'), await submit('cup')];
    await createShop(fixture.context, { appKey: 'other', name: 'Other', autoPublish: true });
    for (const editSecret of ['x'.repeat(32), other.editSecret ?? ''])
      await expect(withdraw({ ...one, editSecret })).rejects.toThrow(UnknownReviewError);
    await expect(withdraw(one, 'other')).rejects.toThrow(UnknownReviewError);
    expect((await list('cup')).summary.count).toBe(2);
  });

  test('is open to whoever wrote what was published at once, who cannot change it', async () => {
    const receipt = await submit('pan');
    const edit = { secret: receipt.editSecret ?? '', rating: 1, author: 'Eve' } as const;
    await expect(editReview(fixture.context, 'acme', receipt.id, edit)).rejects.toThrow(
      NotEditableError,
    );
    await withdraw(receipt);
    await expect(editReview(fixture.context, 'acme', receipt.id, edit)).rejects.toThrow(
      UnknownReviewError,
    );
  });

  test('meets the decision of the shop at the same moment: the review is gone, and counted by nobody', async () => {
    const receipt = await submit('race', HELD);
    await Promise.allSettled([
      withdraw(receipt),
      publishReview(fixture.context, 'acme', receipt.id),
    ]);
    expect(await count(receipt)).toBe(0);
    expect((await list('race')).summary.count).toBe(0);
  });
});
