import { isDeepStrictEqual } from 'node:util';
import type { Translation } from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { reviews } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import type { Shop } from '../shops/find.ts';
import type { LockedReview } from './lock.ts';

/**
 * Gives a locked review a translation in place of an earlier one, or takes it away.
 * @returns the row as it is then; the very same one where nothing had to change
 */
export async function changeTranslation(
  tx: Database,
  context: Context,
  shop: Shop,
  { review, externalId }: LockedReview,
  translation: Translation | null,
): Promise<LockedReview['review']> {
  if (isDeepStrictEqual(review.translation, translation)) return review;
  await tx.update(reviews).set({ translation }).where(eq(reviews.id, review.id));
  if (review.status === 'published') {
    const tags = await reviewTags(tx, shop.appKey, [{ ...review, externalId }]);
    // What was said before must not be seen any more, whatever it was.
    const mode = review.translation === null ? 'soft' : 'hard';
    await enqueuePurge(tx, { shopId: shop.id, tags, mode }, context.now());
  }
  const details = { removed: translation === null };
  const act = { verb: 'review.translation', subject: review.publicId, details } as const;
  await recordAct(tx, { shopId: shop.id, ...act }, context);
  return { ...review, translation };
}
