import { and, asc, eq, gt, gte, ne, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products, ratingSummaries } from '../../db/schema.ts';
import { SITE_PRODUCT } from '../products/site.ts';
import { toNumberedProduct, type RatedProduct } from './find-numbered.ts';
import { toRatingSummary } from './star-counts.ts';

/** Which products of the catalogue are wanted. */
export interface RatedProductQuery {
  offset: number;
  limit: number;
  /** Only products with a higher number. */
  afterNumber?: number | undefined;
  /** Only products known since then. */
  since?: Date | undefined;
}

/** Further into a catalogue than this there is nothing to see: a page costs what it skips. */
export const RATED_OFFSET_MAX = 100_000;

/** The products that have a published review, by the shop's ids. Call it in the shop's transaction. */
export async function listRatedProducts(
  tx: Database,
  shopId: number,
  { offset, limit, afterNumber, since }: RatedProductQuery,
): Promise<RatedProduct[]> {
  if (offset > RATED_OFFSET_MAX) return [];
  const { n1, n2, n3, n4, n5 } = ratingSummaries;
  const rows = await tx
    .select()
    .from(products)
    .innerJoin(ratingSummaries, eq(ratingSummaries.listId, products.listId))
    .where(
      and(
        eq(products.shopId, shopId),
        ne(products.externalId, SITE_PRODUCT),
        sql`${n1} + ${n2} + ${n3} + ${n4} + ${n5} > 0`,
        afterNumber === undefined ? undefined : gt(products.id, afterNumber),
        since && gte(products.createdAt, since),
      ),
    )
    .orderBy(asc(products.externalId))
    .offset(offset)
    .limit(limit);
  return rows.map((row) => ({
    product: toNumberedProduct(row.products),
    listNumber: row.products.listId,
    summary: toRatingSummary(row.rating_summaries),
  }));
}
