import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products, reviews } from '../../db/schema.ts';
import { UnknownReviewError } from '../errors.ts';

/** A review, and whose it is. */
export interface LockedReview {
  review: typeof reviews.$inferSelect;
  /** The shop's own id of the product. */
  externalId: string;
}

/**
 * Reads a review in order to change it: two changes come one after the other, or the summary would count
 * it twice.
 * @throws UnknownReviewError
 */
export async function lockReview(
  tx: Database,
  shopId: number,
  publicId: string,
): Promise<LockedReview> {
  const [found] = await tx
    .select({ review: reviews, externalId: products.externalId })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(and(eq(reviews.shopId, shopId), eq(reviews.publicId, publicId)))
    .for('update', { of: reviews });
  if (!found) throw new UnknownReviewError(publicId);
  return found;
}
