/** Takes an import back: every review that it brought in and nothing else. */
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { importFiles, imports, reviewImportId } from '../../db/exchange-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { products, reviews } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags, type SeenProduct } from '../outbox/review-tags.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { UnknownImportError } from './errors.ts';

const BATCH_ROWS = 1000;

/** How an undoing goes. */
interface UndoOptions {
  /** Who is waited for stops after so many thousand reviews, and goes on when asked again. */
  batchesMax?: number;
}

/** What an undoing has done this time. */
export interface Undoing {
  deleted: number;
  /** False: there may be more. */
  isDone: boolean;
}

/**
 * Deletes the reviews of an import, some at a time; broken off, it goes on the next time. Products
 * stay, as a merchant may have come to use them. An import that still runs ends at its next batch.
 * @throws UnknownShopError
 * @throws UnknownImportError
 */
export async function undoImport(
  context: Context,
  appKey: string,
  publicId: string,
  { batchesMax = Number.POSITIVE_INFINITY }: UndoOptions = {},
): Promise<Undoing> {
  const shop = await findShop(context.db, appKey);
  const importId = await inShop(context.db, shop.id, (tx) => mark(tx, context, shop.id, publicId));
  let deleted = 0;
  for (let batches = 0; ; batches++) {
    if (batches === batchesMax) return { deleted, isDone: false };
    const batch = await undoBatch(context, shop, importId);
    if (batch === 0) break;
    deleted += batch;
  }
  await inShop(context.db, shop.id, async (tx) =>
    tx
      .update(imports)
      .set({ state: 'undone', endedAt: context.now() })
      .where(eq(imports.id, importId)),
  );
  return { deleted, isDone: true };
}

/** Written down when it begins, not each time it goes on. */
async function mark(
  tx: Database,
  context: Context,
  shopId: number,
  publicId: string,
): Promise<number> {
  const own = and(eq(imports.shopId, shopId), eq(imports.publicId, publicId));
  const begun = await tx
    .update(imports)
    .set({ state: 'undoing' })
    .where(and(own, ne(imports.state, 'undoing')))
    .returning({ id: imports.id });
  const [found] =
    begun.length > 0 ? begun : await tx.select({ id: imports.id }).from(imports).where(own);
  if (!found) throw new UnknownImportError(publicId);
  if (begun.length > 0) {
    await tx.delete(importFiles).where(eq(importFiles.importId, found.id));
    await recordAct(tx, { shopId, verb: 'import.undo', subject: publicId }, context);
  }
  return found.id;
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
      const tags = await reviewTags(tx, shop.appKey, await findSeen(tx, productIds));
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
    groupId: reviews.groupId,
    rating: reviews.rating,
    incentivized: reviews.incentivized,
    locale: reviews.locale,
    country: reviews.country,
    answers: reviews.answers,
    status: reviews.status,
  });
}

const findSeen = async (tx: Database, productIds: Iterable<number>): Promise<SeenProduct[]> =>
  tx
    .select({ externalId: products.externalId, groupId: products.groupId })
    .from(products)
    .where(inArray(products.id, [...productIds]));
