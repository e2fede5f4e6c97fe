/** A shop tells of its collections. */
import { collections } from '../../db/collections-schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { AlreadyKnownError, UnknownCollectionError } from '../errors.ts';
import { enterShop } from '../shops/find.ts';
import { isNumbered, toCollection, type Collection } from './collection.ts';

/**
 * Takes in a new collection.
 * @throws UnknownShopError
 * @throws AlreadyKnownError
 */
export function createCollection(
  context: Context,
  appKey: string,
  told: Pick<Collection, 'externalId' | 'title'>,
): Promise<Collection> {
  const now = context.now();
  return enterShop(context.db, appKey, async (tx, shop) => {
    const [row] = await tx
      .insert(collections)
      .values({ ...told, shopId: shop.id, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new AlreadyKnownError('collection', told.externalId);
    const act = { verb: 'collection.change', subject: told.externalId } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
    return toCollection(row);
  });
}

/**
 * Renames a collection.
 * @throws UnknownShopError
 * @throws UnknownCollectionError
 */
export function renameCollection(
  context: Context,
  appKey: string,
  number: number,
  title: string,
): Promise<Collection> {
  return enterShop(context.db, appKey, async (tx, shop) => {
    const [row] = await tx
      .update(collections)
      .set({ title, updatedAt: context.now() })
      .where(isNumbered(shop.id, number))
      .returning();
    if (!row) throw new UnknownCollectionError(number);
    const act = { verb: 'collection.change', subject: row.externalId } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
    return toCollection(row);
  });
}
