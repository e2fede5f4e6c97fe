import { and, asc, eq } from 'drizzle-orm';
import type { Hold } from '../../db/hold.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { products, reviews } from '../../db/schema.ts';

/** A review that waits for the merchant's decision. */
export interface PendingReview {
  id: string;
  productId: string;
  rating: number;
  title: string | null;
  body: string | null;
  author: string | null;
  createdAt: Date;
  /** Which rules hold it; null of what was not judged by any, such as an import's. */
  heldBy: Hold[] | null;
}

/** The reviews that wait, oldest first, at most `limit` of them. */
export function listPendingReviews(
  db: Database,
  shopId: number,
  limit: number,
): Promise<PendingReview[]> {
  return inShop(db, shopId, async (tx) =>
    tx
      .select({
        id: reviews.publicId,
        productId: products.externalId,
        rating: reviews.rating,
        title: reviews.title,
        body: reviews.body,
        author: reviews.author,
        createdAt: reviews.createdAt,
        heldBy: reviews.heldBy,
      })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(and(eq(reviews.shopId, shopId), eq(reviews.status, 'pending')))
      .orderBy(asc(reviews.id))
      .limit(limit),
  );
}
