import { eq } from 'drizzle-orm';
import { productVariants } from '../../db/catalogue-schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { enterShop } from '../shops/find.ts';
import { findVariant, type VariantName } from './find.ts';

/**
 * Forgets a variant. Reviews are of the product: none is touched.
 * @throws UnknownShopError
 * @throws UnknownProductError
 * @throws UnknownVariantError
 */
export function removeVariant(context: Context, appKey: string, name: VariantName): Promise<void> {
  return enterShop(context.db, appKey, async (tx, shop) => {
    const { number } = await findVariant(tx, shop.id, name);
    await tx.delete(productVariants).where(eq(productVariants.id, number));
    const act = { verb: 'variant.remove', subject: name.externalId } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
  });
}
