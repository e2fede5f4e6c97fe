/** Reads a shop's products with all that was told of them, for the shop. */
import { and, asc, eq, gt, inArray, ne } from 'drizzle-orm';
import { productDetails } from '../../db/catalogue-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { products } from '../../db/schema.ts';
import { UnknownProductError } from '../errors.ts';
import {
  isNamed,
  toCatalogueProduct,
  type CatalogueProduct,
  type ProductName,
} from './catalogue-product.ts';
import { SITE_PRODUCT } from './site.ts';

/** A part of a list that is in the order of our numbers. */
export interface NumberedPage {
  limit: number;
  /** Only what has a higher number. */
  after?: number | undefined;
  /** Only what the shop knows by one of these. */
  externalIds?: readonly string[] | undefined;
}

/** A page, and the number to go on after where there is more. */
export interface NumberedRows<T> {
  rows: T[];
  next?: number;
}

/** A page of the catalogue. */
export async function listCatalogue(
  db: Database,
  shopId: number,
  { limit, after = 0, externalIds }: NumberedPage,
): Promise<NumberedRows<CatalogueProduct>> {
  const found = await inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(products)
      .leftJoin(productDetails, eq(productDetails.productId, products.id))
      .where(
        and(
          eq(products.shopId, shopId),
          ne(products.externalId, SITE_PRODUCT),
          gt(products.id, after),
          externalIds && inArray(products.externalId, [...externalIds]),
        ),
      )
      .orderBy(asc(products.id))
      .limit(limit + 1),
  );
  const rows = found.map((row) => toCatalogueProduct(row.products, row.product_details));
  return cutPage(rows, limit);
}

/**
 * One product.
 * @throws UnknownProductError
 */
export async function findProduct(
  db: Database,
  shopId: number,
  name: ProductName,
): Promise<CatalogueProduct> {
  const [row] = await inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(products)
      .leftJoin(productDetails, eq(productDetails.productId, products.id))
      .where(isNamed(shopId, name)),
  );
  if (!row) throw new UnknownProductError(name);
  return toCatalogueProduct(row.products, row.product_details);
}

/** Takes off the row that was read beyond the page: it tells that there are more. */
export function cutPage<T extends { number: number }>(
  read: readonly T[],
  limit: number,
): NumberedRows<T> {
  const rows = read.slice(0, limit);
  const last = rows.at(-1);
  return { rows, ...(read.length > limit && last && { next: last.number }) };
}
