/** Takes an import back: every review that it brought in and nothing else. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { imports, reviewImportId } from '../../db/exchange-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { products, reviews } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { UnknownImportError } from './errors.ts';

const BATCH_ROWS = 1000;

/**
 * Deletes the reviews of an import, some at a time; broken off, it goes on the next time. Products
 * stay, as a merchant may have come to use them. An import that still runs ends at its next batch.
 * @returns how many reviews were deleted this time
 * @throws UnknownShopError
 * @throws UnknownImportError
 */
export async function undoImport(
  context: Context,
  appKey: string,
  publicId: string,
  onProgress: (deleted: number) => void = () => {},
): Promise<number> {
  const shop = await findShop(context.db, appKey);
  const found = await inShop(context.db, shop.id, async (tx) => {
    const [marked] = await tx
      .update(imports)
      .set({ state: 'undoing' })
      .where(and(eq(imports.shopId, shop.id), eq(imports.publicId, publicId)))
      .returning({ id: imports.id });
    if (!marked) throw new UnknownImportError(publicId);
    await recordAct(tx, { shopId: shop.id, verb: 'import.undo', subject: publicId }, context);
    return marked;
  });
  let deleted = 0;
  for (;;) {
    const batch = await undoBatch(context, shop, found.id);
    if (batch === 0) break;
    deleted += batch;
    onProgress(deleted);
  }
  await inShop(context.db, shop.id, async (tx) =>
    tx
      .update(imports)
      .set({ state: 'undone', endedAt: context.now() })
      .where(eq(imports.id, found.id)),
  );
  return deleted;
}

async function undoBatch(
  { db, now, onOutbox }: Context,
  shop: Shop,
  importId: number,
): Promise<number> {
  const count = await inShop(db, shop.id, async (tx) => {
    const deleted = await deleteSome(tx, shop.id, importId);
    const visible = deleted.filter(({ status }) => status === 'published');
    await adjustRatings(
      tx,
      shop.id,
      visible.map((row) => ({ ...row, by: -1 })),
    );
    if (visible.length > 0) {
      const productIds = new Set(visible.map(({ productId }) => productId));
      const tags = reviewTags(shop.appKey, await externalIdsOf(tx, productIds));
      await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'hard' }, now());
    }
    await tx
      .update(imports)
      .set({ undone: sql`${imports.undone} + ${deleted.length}` })
      .where(eq(imports.id, importId));
    return deleted.length;
  });
  if (count > 0) onOutbox();
  return count;
}

function deleteSome(tx: Database, shopId: number, importId: number) {
  const some = tx
    .select({ id: reviews.id })
    .from(reviews)
    .where(and(eq(reviews.shopId, shopId), eq(reviewImportId, importId)))
    .orderBy(reviews.id)
    .limit(BATCH_ROWS);
  // What it returns is what was there when it was deleted: a decision made meanwhile counts.
  return tx.delete(reviews).where(inArray(reviews.id, some)).returning({
    productId: reviews.productId,
    rating: reviews.rating,
    incentivized: reviews.incentivized,
    locale: reviews.locale,
    country: reviews.country,
    answers: reviews.answers,
    status: reviews.status,
  });
}

async function externalIdsOf(tx: Database, productIds: Iterable<number>): Promise<string[]> {
  const rows = await tx
    .select({ externalId: products.externalId })
    .from(products)
    .where(inArray(products.id, [...productIds]));
  return rows.map(({ externalId }) => externalId);
}
