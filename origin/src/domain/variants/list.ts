import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { productVariants } from '../../db/catalogue-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { cutPage, type NumberedPage, type NumberedRows } from '../products/list-catalogue.ts';
import { toVariant, type Variant } from './variant.ts';

/** A page of a product's variants; of an unknown product there are none. */
export async function listVariants(
  db: Database,
  shopId: number,
  productNumber: number,
  { limit, after = 0, externalIds }: NumberedPage,
): Promise<NumberedRows<Variant>> {
  const found = await inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(productVariants)
      .where(
        and(
          eq(productVariants.shopId, shopId),
          eq(productVariants.productId, productNumber),
          gt(productVariants.id, after),
          externalIds && inArray(productVariants.externalId, [...externalIds]),
        ),
      )
      .orderBy(asc(productVariants.id))
      .limit(limit + 1),
  );
  return cutPage(found.map(toVariant), limit);
}
