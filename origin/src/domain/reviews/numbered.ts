import type { Review } from '@plaudit/contract';
import type { products, reviews } from '../../db/schema.ts';
import { toNumberedProduct, type NumberedProduct } from '../ratings/find-numbered.ts';
import { toReview } from './to-review.ts';

/** A review as visitors may see it, with the integer that some clients know it by. */
export interface NumberedReview {
  /** Stable, and unique over all shops. Unlike `review.id` it tells in which order reviews came. */
  number: number;
  review: Review;
  product: NumberedProduct;
}

/** Rows as visitors may see them. */
export const toNumberedReview = (
  review: typeof reviews.$inferSelect,
  product: typeof products.$inferSelect,
): NumberedReview => ({
  number: review.id,
  review: toReview(review, product.externalId),
  product: toNumberedProduct(product),
});
