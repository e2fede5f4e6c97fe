import { desc } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';
import { UnknownReviewError } from '../errors.ts';
import { createShop } from '../shops/create.ts';
import { findShop } from '../shops/find.ts';
import { listPendingReviews } from './list-pending.ts';
import { listProductReviews } from './list.ts';
import { publishReview, rejectReview } from './moderate.ts';
import { submitReview } from './submit.ts';

let people = 0;
const submission = () =>
  ({ rating: 2, author: 'Mara', email: `mara-${(people += 1)}@example.com` }) as const;

describeOnEach('moderation', (fixture) => {
  beforeAll(async () => {
    const careful = { appKey: 'careful', name: 'Careful', autoPublish: false };
    await createShop(fixture.context, careful);
  });

  const submit = async () =>
    (await submitReview(fixture.context, 'careful', 'kettle', submission())).id;
  const countShown = async () => {
    const { db } = fixture.context;
    const shop = await findShop(db, 'careful');
    const { summary, reviews } = await listProductReviews(db, shop.id, 'kettle', { limit: 100 });
    expect(reviews).toHaveLength(summary.count);
    return summary.count;
  };
  const lastPurge = async () => {
    const rows = await asSystem(fixture.context.db, async (tx) =>
      tx.select().from(outbox).orderBy(desc(outbox.id)).limit(1),
    );
    return rows[0]?.payload;
  };

  test('a pending review is listed for the merchant, and shown once it is published', async () => {
    const id = await submit();
    const { db } = fixture.context;
    const pending = await listPendingReviews(db, (await findShop(db, 'careful')).id, 10);
    expect(pending.map((review) => review.id)).toContain(id);
    const before = await countShown();
    expect(await publishReview(fixture.context, 'careful', id)).toBe(true);
    expect(await countShown()).toBe(before + 1);
    expect(await lastPurge()).toMatchObject({ mode: 'soft' });
  });

  test('publishing twice counts once, also at the same moment', async () => {
    const id = await submit();
    const before = await countShown();
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => publishReview(fixture.context, 'careful', id)),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await countShown()).toBe(before + 1);
  });

  test('a rejected review is gone at once: its purge leaves no stale copy', async () => {
    const id = await submit();
    await publishReview(fixture.context, 'careful', id);
    const before = await countShown();
    expect(await rejectReview(fixture.context, 'careful', id)).toBe(true);
    expect(await countShown()).toBe(before - 1);
    expect(await lastPurge()).toMatchObject({ mode: 'hard' });
  });

  test('another shop cannot decide on it, nor learn that it exists', async () => {
    const id = await submit();
    await expect(publishReview(fixture.context, 'acme', id)).rejects.toThrow(UnknownReviewError);
  });
});
