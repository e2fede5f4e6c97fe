/** Products by the integers that some clients know them by, with their ratings. */
import type { RatingSummary } from '@plaudit/contract';
import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products, ratingSummaries, shopSummaries } from '../../db/schema.ts';
import { SITE_NAME, SITE_PRODUCT } from '../products/site.ts';
import { toRatingSummary } from './star-counts.ts';

/** A product as visitors may see it. */
export interface NumberedProduct {
  /** Stable, and unique over all shops. */
  number: number;
  /** The shop's own id; of the shop itself the name that such clients have for it. */
  id: string;
  title: string | null;
  url: string | null;
  imageUrl: string | null;
}

/** A product and what the published reviews of its list add up to. */
export interface RatedProduct {
  product: NumberedProduct;
  /** The number of the list that its visitors see. */
  listNumber: number;
  summary: RatingSummary;
}

/** Those of the named products that the shop has, in no order. Call it in the shop's transaction. */
export async function findNumberedProducts(
  tx: Database,
  shopId: number,
  externalIds: readonly string[],
): Promise<RatedProduct[]> {
  if (externalIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(products)
    .leftJoin(ratingSummaries, eq(ratingSummaries.listId, products.listId))
    .where(and(eq(products.shopId, shopId), inArray(products.externalId, [...externalIds])));
  return rows.map((row) => ({
    product: toNumberedProduct(row.products),
    listNumber: row.products.listId,
    summary: toRatingSummary(row.rating_summaries),
  }));
}

/** What all published reviews of the shop add up to. Call it in the shop's transaction. */
export async function readShopSummary(tx: Database, shopId: number): Promise<RatingSummary> {
  const [row] = await tx.select().from(shopSummaries).where(eq(shopSummaries.shopId, shopId));
  return toRatingSummary(row);
}

/** A row as visitors may see it: listed field by field, so that a new column stays inside. */
export const toNumberedProduct = (row: typeof products.$inferSelect): NumberedProduct => ({
  number: row.id,
  id: row.externalId === SITE_PRODUCT ? SITE_NAME : row.externalId,
  title: row.title,
  url: row.url,
  imageUrl: row.imageUrl,
});
