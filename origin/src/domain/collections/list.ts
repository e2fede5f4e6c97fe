import { and, asc, eq, exists, gt, inArray } from 'drizzle-orm';
import { collectionProducts, collections } from '../../db/collections-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { UnknownCollectionError } from '../errors.ts';
import { cutPage, type NumberedPage, type NumberedRows } from '../products/list-catalogue.ts';
import { isNumbered, toCollection, type Collection } from './collection.ts';

/** Which collections are wanted. */
export interface CollectionQuery extends NumberedPage {
  /** Only those that hold the product with this number. */
  productNumber?: number;
}

/** A page of a shop's collections; those of an unknown product are none. */
export async function listCollections(
  db: Database,
  shopId: number,
  { limit, after = 0, externalIds, productNumber }: CollectionQuery,
): Promise<NumberedRows<Collection>> {
  const found = await inShop(db, shopId, (tx) => {
    const { collectionId, productId } = collectionProducts;
    const holding = (product: number) =>
      tx
        .select({ productId })
        .from(collectionProducts)
        .where(and(eq(collectionId, collections.id), eq(productId, product)));
    return tx
      .select()
      .from(collections)
      .where(
        and(
          eq(collections.shopId, shopId),
          gt(collections.id, after),
          externalIds && inArray(collections.externalId, [...externalIds]),
          productNumber === undefined ? undefined : exists(holding(productNumber)),
        ),
      )
      .orderBy(asc(collections.id))
      .limit(limit + 1);
  });
  return cutPage(found.map(toCollection), limit);
}

/**
 * One collection.
 * @throws UnknownCollectionError
 */
export async function findCollection(
  db: Database,
  shopId: number,
  number: number,
): Promise<Collection> {
  const [row] = await inShop(db, shopId, (tx) =>
    tx.select().from(collections).where(isNumbered(shopId, number)),
  );
  if (!row) throw new UnknownCollectionError(number);
  return toCollection(row);
}
