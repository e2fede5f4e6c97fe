/** A shop tells of the variants of its products. Visitors are shown none of it. */
import { and, eq } from 'drizzle-orm';
import { productVariants } from '../../db/catalogue-schema.ts';
import { products } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { AlreadyKnownError, UnknownProductError, UnknownVariantError } from '../errors.ts';
import { isNamed, type ProductName } from '../products/catalogue-product.ts';
import type { Change } from '../products/traded.ts';
import { enterShop } from '../shops/find.ts';
import { toVariant, type Variant, type VariantFields } from './variant.ts';

/** A new variant: it needs a name. */
export type NewVariant = Change<Omit<VariantFields, 'title'>> &
  Pick<VariantFields, 'title'> & { externalId: string };

/**
 * Takes in a new variant.
 * @throws UnknownShopError
 * @throws UnknownProductError
 * @throws AlreadyKnownError when the product has a variant of that id
 */
export function createVariant(
  context: Context,
  appKey: string,
  product: ProductName,
  variant: NewVariant,
): Promise<Variant> {
  const now = context.now();
  return enterShop(context.db, appKey, async (tx, shop) => {
    const [owner] = await tx
      .select({ id: products.id })
      .from(products)
      .where(isNamed(shop.id, product))
      .for('key share');
    if (!owner) throw new UnknownProductError(product);
    const origin = { shopId: shop.id, productId: owner.id, createdAt: now, updatedAt: now };
    const [row] = await tx
      .insert(productVariants)
      .values({ ...variant, ...origin })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new AlreadyKnownError('variant', variant.externalId);
    const act = { verb: 'variant.change', subject: variant.externalId } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
    return toVariant(row);
  });
}

/**
 * Changes what is known of a variant.
 * @throws UnknownShopError
 * @throws UnknownVariantError when the product has none of that number
 */
export function changeVariant(
  context: Context,
  appKey: string,
  { number, productNumber }: Pick<Variant, 'number' | 'productNumber'>,
  fields: Change<VariantFields>,
): Promise<Variant> {
  return enterShop(context.db, appKey, async (tx, shop) => {
    const { id, shopId, productId } = productVariants;
    const [row] = await tx
      .update(productVariants)
      .set({ ...fields, updatedAt: context.now() })
      .where(and(eq(shopId, shop.id), eq(productId, productNumber), eq(id, number)))
      .returning();
    if (!row) throw new UnknownVariantError(number);
    const act = { verb: 'variant.change', subject: row.externalId } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
    return toVariant(row);
  });
}
