import { toStatistics } from '@plaudit/contract';
import { and, asc, eq, ne } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { products, ratingSummaries } from '../../db/schema.ts';
import { toHistograms } from '../ratings/star-counts.ts';
import { SITE_PRODUCT } from './site.ts';

/** A product with its rating, for lists. */
export interface ProductListing {
  id: string;
  title?: string;
  count: number;
  average: number;
}

/** All products of a shop in the order of their ids. */
export async function listProducts(db: Database, shopId: number): Promise<ProductListing[]> {
  const rows = await inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(products)
      .leftJoin(ratingSummaries, eq(ratingSummaries.listId, products.listId))
      .where(and(eq(products.shopId, shopId), ne(products.externalId, SITE_PRODUCT)))
      .orderBy(asc(products.externalId)),
  );
  return rows.map(({ products: product, rating_summaries: summary }) => {
    const { count, average } = toStatistics(toHistograms(summary).all);
    return {
      id: product.externalId,
      ...(product.title === null ? {} : { title: product.title }),
      count,
      average,
    };
  });
}
