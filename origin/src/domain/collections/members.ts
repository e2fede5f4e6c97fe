/** A shop puts products into its collections, and takes them out. */
import { and, eq } from 'drizzle-orm';
import { collectionProducts, collections } from '../../db/collections-schema.ts';
import { products } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { UnknownCollectionError, UnknownProductError } from '../errors.ts';
import { isNamed, type ProductName } from '../products/catalogue-product.ts';
import { enterShop } from '../shops/find.ts';
import { isNumbered } from './collection.ts';

/** What is to become of a product's place in a collection. */
export type Membership = 'in' | 'out';

/**
 * Puts a product into a collection or takes it out, where it is not so already.
 * @throws UnknownShopError
 * @throws UnknownCollectionError
 * @throws UnknownProductError
 */
export function placeProduct(
  context: Context,
  appKey: string,
  number: number,
  name: ProductName,
  membership: Membership,
): Promise<void> {
  return enterShop(context.db, appKey, async (tx, shop) => {
    const [collection] = await tx
      .select()
      .from(collections)
      .where(isNumbered(shop.id, number))
      .for('key share');
    if (!collection) throw new UnknownCollectionError(number);
    const [product] = await tx
      .select({ id: products.id })
      .from(products)
      .where(isNamed(shop.id, name))
      .for('key share');
    if (!product) throw new UnknownProductError(name);
    const row = { shopId: shop.id, collectionId: collection.id, productId: product.id };
    const { collectionId, productId } = collectionProducts;
    await (membership === 'in'
      ? tx.insert(collectionProducts).values(row).onConflictDoNothing()
      : tx
          .delete(collectionProducts)
          .where(and(eq(collectionId, row.collectionId), eq(productId, row.productId))));
    const act = { verb: 'collection.change', subject: collection.externalId } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
  });
}
