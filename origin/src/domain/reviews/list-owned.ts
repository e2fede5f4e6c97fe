/**
 * A shop's published reviews with who wrote them, by page number, for servers that know no cursors. A
 * page costs what it skips, as ids alone: they may be many, but only the shop itself asks.
 */
import { and, desc, eq, gt, gte, inArray, sql } from 'drizzle-orm';
import { inShop } from '../../db/row-security.ts';
import { products, reviews } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { toFullReview, type FullReview } from './read-all.ts';

/** Which reviews are wanted, the newest first. */
export interface OwnedQuery {
  /** The shop's own id of the product; of all products without one. */
  productId?: string | undefined;
  offset: number;
  limit: number;
  /** Only reviews with a higher number. */
  afterNumber?: number | undefined;
  /** Only reviews written since then. */
  since?: Date | undefined;
}

/** A review with the integer that some clients know it by. */
export interface OwnedReview {
  number: number;
  review: FullReview;
}

/**
 * A page of reviews.
 * @param hasEmails whether addresses are asked for; they are null otherwise
 * @throws KeysUnavailableError
 */
export async function listOwnedReviews(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  { productId, offset, limit, afterNumber, since }: OwnedQuery,
  hasEmails: boolean,
): Promise<OwnedReview[]> {
  const rows = await inShop(db, shopId, async (tx) => {
    const named = tx
      .select({ id: products.id })
      .from(products)
      .where(and(eq(products.shopId, shopId), eq(products.externalId, productId ?? '')));
    const page = tx
      .select({ id: reviews.id })
      .from(reviews)
      .where(
        and(
          productId === undefined
            ? eq(reviews.shopId, shopId)
            : eq(reviews.productId, sql`(${named})`),
          sql`${reviews.status} = 'published'`,
          afterNumber === undefined ? undefined : gt(reviews.id, afterNumber),
          since && gte(reviews.createdAt, since),
        ),
      )
      .orderBy(desc(reviews.createdAt), desc(reviews.id))
      .offset(offset)
      .limit(limit);
    return tx
      .select({ review: reviews, product: products })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(inArray(reviews.id, page))
      .orderBy(desc(reviews.createdAt), desc(reviews.id));
  });
  const newest = Math.max(0, ...rows.map(({ review }) => review.keyVersion));
  const keys = hasEmails ? await vault.keysOf(shopId, newest) : undefined;
  return rows.map(({ review, product }) => ({
    number: review.id,
    review: toFullReview(review, product, keys),
  }));
}
