/** A shop tells of its products. */
import { eq } from 'drizzle-orm';
import { productDetails } from '../../db/catalogue-schema.ts';
import type { Database } from '../../db/database.ts';
import { products } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { AlreadyKnownError, UnknownProductError } from '../errors.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { enterShop, type Shop } from '../shops/find.ts';
import {
  isNamed,
  toCatalogueProduct,
  type CatalogueProduct,
  type ProductFields,
  type ProductName,
} from './catalogue-product.ts';
import { changeGroup } from './change-group.ts';
import type { Change } from './traded.ts';
import { upsertProducts } from './upsert.ts';

/**
 * Takes in a product that the shop has not told of yet. One that reviews or orders have named before
 * is the same product, and what they knew of it is overwritten.
 * @throws UnknownShopError
 * @throws AlreadyKnownError when the shop has told of it
 */
export function createProduct(
  context: Context,
  appKey: string,
  externalId: string,
  fields: Change<ProductFields>,
): Promise<CatalogueProduct> {
  return write(context, appKey, async (tx, shop) => {
    await upsertProducts(tx, shop.id, [{ externalId }]);
    const product = await lockProduct(tx, shop.id, { externalId });
    if (!(await addDetails(tx, product, context.now()))) {
      throw new AlreadyKnownError('product', externalId);
    }
    return { product, fields };
  });
}

/**
 * Changes what is known of a product.
 * @throws UnknownShopError
 * @throws UnknownProductError
 */
export function changeProduct(
  context: Context,
  appKey: string,
  name: ProductName,
  fields: Change<ProductFields>,
): Promise<CatalogueProduct> {
  return write(context, appKey, async (tx, shop) => {
    const product = await lockProduct(tx, shop.id, name);
    await addDetails(tx, product, context.now());
    return { product, fields };
  });
}

type Row = typeof products.$inferSelect;

/** What is written of it waits, and so does whoever writes it; see `holdProducts`. */
async function lockProduct(tx: Database, shopId: number, name: ProductName): Promise<Row> {
  const [row] = await tx.select().from(products).where(isNamed(shopId, name)).for('update');
  if (!row) throw new UnknownProductError(name);
  return row;
}

/** @returns whether there were none */
async function addDetails(tx: Database, { id, shopId }: Row, now: Date): Promise<boolean> {
  const added = await tx
    .insert(productDetails)
    .values({ productId: id, shopId, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ productId: productDetails.productId });
  return added.length > 0;
}

/** Writes what a step has found to change, and tells the caches where visitors see a difference. */
async function write(
  context: Context,
  appKey: string,
  find: (tx: Database, shop: Shop) => Promise<{ product: Row; fields: Change<ProductFields> }>,
): Promise<CatalogueProduct> {
  const { db, now, onOutbox } = context;
  const written = await enterShop(db, appKey, async (tx, shop) => {
    const { product: before, fields } = await find(tx, shop);
    const { title = before.title, url = before.url, imageUrl = before.imageUrl, ...more } = fields;
    const shown = { title, url, imageUrl };
    const isOther = title !== before.title || url !== before.url || imageUrl !== before.imageUrl;
    if (isOther) await tx.update(products).set(shown).where(eq(products.id, before.id));
    const groupId = await changeGroup(tx, before, fields.groupName);
    const isSeen = isOther || groupId !== before.groupId;
    if (isSeen) {
      const tags = await reviewTags(tx, appKey, [before, { ...before, groupId }]);
      await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'soft' }, now());
    }
    const [details] = await tx
      .update(productDetails)
      .set({ ...more, updatedAt: now() })
      .where(eq(productDetails.productId, before.id))
      .returning();
    const act = { verb: 'product.change', subject: before.externalId } as const;
    await recordAct(tx, { shopId: shop.id, ...act }, context);
    return { product: toCatalogueProduct({ ...before, ...shown }, details ?? null), isSeen };
  });
  if (written.isSeen) onOutbox();
  return written.product;
}
