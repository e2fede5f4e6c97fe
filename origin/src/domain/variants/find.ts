import { and, eq } from 'drizzle-orm';
import { productVariants } from '../../db/catalogue-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { UnknownVariantError } from '../errors.ts';
import { findProduct } from '../products/list-catalogue.ts';
import { toVariant, type Variant } from './variant.ts';

/** A variant by the shop's own ids. */
export interface VariantName {
  productId: string;
  externalId: string;
}

/**
 * One variant.
 * @throws UnknownProductError
 * @throws UnknownVariantError
 */
export function findVariant(
  db: Database,
  shopId: number,
  { productId, externalId }: VariantName,
): Promise<Variant> {
  return inShop(db, shopId, async (tx) => {
    const { number } = await findProduct(tx, shopId, { externalId: productId });
    const isOfProduct = eq(productVariants.productId, number);
    const [row] = await tx
      .select()
      .from(productVariants)
      .where(and(isOfProduct, eq(productVariants.externalId, externalId)));
    if (!row) throw new UnknownVariantError(externalId);
    return toVariant(row);
  });
}
