import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products, reviews } from '../../db/schema.ts';
import { UnknownReviewError } from '../errors.ts';
import { enterShop } from '../shops/find.ts';
import { toNumberedReview, type NumberedReview } from './numbered.ts';

/** A review, and the number of the shop it is of. */
export interface SubmittedReview extends NumberedReview {
  shopNumber: number;
}

/**
 * Finds a review that has just been submitted, published or not: for who has written it.
 * @throws UnknownShopError
 * @throws UnknownReviewError
 */
export function findSubmittedReview(
  db: Database,
  appKey: string,
  publicId: string,
): Promise<SubmittedReview> {
  return enterShop(db, appKey, async (tx, shop) => {
    const [row] = await tx
      .select()
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(and(eq(reviews.shopId, shop.id), eq(reviews.publicId, publicId)));
    if (!row) throw new UnknownReviewError(publicId);
    return { ...toNumberedReview(row.reviews, row.products), shopNumber: shop.id };
  });
}
