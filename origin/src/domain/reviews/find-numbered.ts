import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { asSystem, inShop } from '../../db/row-security.ts';
import { products, reviews, shops } from '../../db/schema.ts';
import { UnknownReviewError } from '../errors.ts';
import { toNumberedReview, type NumberedReview } from './numbered.ts';

/** A published review and the shop it is of. */
export interface FoundReview extends NumberedReview {
  appKey: string;
  shopName: string;
  shopNumber: number;
}

/**
 * Finds a published review by its number, in whatever shop. Only which shop that is, is looked up as
 * the system; the review is then read as that shop sees it.
 * @throws UnknownReviewError also where the review is not published
 */
export async function findNumberedReview(db: Database, number: number): Promise<FoundReview> {
  if (!Number.isSafeInteger(number)) throw new UnknownReviewError(`${number}`);
  const isWanted = and(eq(reviews.id, number), sql`${reviews.status} = 'published'`);
  const [owner] = await asSystem(db, (tx) =>
    tx.select({ shopId: reviews.shopId }).from(reviews).where(isWanted),
  );
  if (!owner) throw new UnknownReviewError(`${number}`);
  const [row] = await inShop(db, owner.shopId, (tx) =>
    tx
      .select()
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .innerJoin(shops, eq(shops.id, reviews.shopId))
      .where(isWanted),
  );
  if (!row) throw new UnknownReviewError(`${number}`);
  const { id, appKey, name } = row.shops;
  return {
    ...toNumberedReview(row.reviews, row.products),
    appKey,
    shopName: name,
    shopNumber: id,
  };
}
