/** A shop takes a product away with its reviews, and may bring both back. Nothing is deleted. */
import { and, asc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products, reviews } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { UnknownProductError } from '../errors.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { reviewTags } from '../outbox/review-tags.ts';
import { adjustRatings } from '../ratings/adjust.ts';
import { enterShop, type Shop } from '../shops/find.ts';
import { uploadTags } from '../uploads/tags.ts';
import { enqueueEvents } from '../webhooks/enqueue-event.ts';
import { toReviewEvent } from '../webhooks/events.ts';
import { isNamed } from './catalogue-product.ts';

/** So many at a time that nobody waits long for the embedded database. */
const BATCH_ROWS = 200;

/** What went or came with the product this time. */
export interface Archiving {
  reviews: number;
  /** False: there may be more. */
  isDone: boolean;
}

/** Who is waited for stops after so many batches, and goes on when asked again. */
interface Patience {
  batchesMax?: number;
}

/**
 * Takes a product away: its published reviews are archived, so that no list, no rating and no cache shows
 * them, and what is written of it from now on waits. Broken off, it goes on the next time.
 * @throws UnknownShopError
 * @throws UnknownProductError
 */
export const archiveProduct = (
  context: Context,
  appKey: string,
  externalId: string,
  patience: Patience = {},
): Promise<Archiving> => move(context, appKey, { externalId, isArchived: true }, patience);

/**
 * Brings a product back, with the reviews that went with it and on which nothing was decided since.
 * @throws UnknownShopError
 * @throws UnknownProductError
 */
export const restoreProduct = (
  context: Context,
  appKey: string,
  externalId: string,
  patience: Patience = {},
): Promise<Archiving> => move(context, appKey, { externalId, isArchived: false }, patience);

/** What is wanted. */
interface Wanted {
  externalId: string;
  isArchived: boolean;
}

async function move(
  context: Context,
  appKey: string,
  wanted: Wanted,
  { batchesMax = Number.POSITIVE_INFINITY }: Patience,
): Promise<Archiving> {
  const productId = await enterShop(context.db, appKey, (tx, shop) =>
    mark(tx, context, shop.id, wanted),
  );
  let moved = 0;
  for (let batches = 0; batches < batchesMax; batches += 1) {
    const count = await enterShop(context.db, appKey, (tx, shop) =>
      moveBatch(tx, context, shop, { productId, isArchived: wanted.isArchived }),
    );
    if (count === 0) return { reviews: moved, isDone: true };
    context.onOutbox();
    moved += count;
  }
  return { reviews: moved, isDone: false };
}

async function mark(
  tx: Database,
  context: Context,
  shopId: number,
  { externalId, isArchived }: Wanted,
): Promise<number> {
  const [product] = await tx
    .select({ id: products.id, archivedAt: products.archivedAt })
    .from(products)
    .where(isNamed(shopId, { externalId }))
    .for('update');
  if (!product) throw new UnknownProductError({ externalId });
  if ((product.archivedAt !== null) === isArchived) return product.id;
  const archivedAt = isArchived ? context.now() : null;
  await tx.update(products).set({ archivedAt }).where(eq(products.id, product.id));
  const verb = isArchived ? 'product.archive' : 'product.restore';
  await recordAct(tx, { shopId, verb, subject: externalId }, context);
  return product.id;
}

const wentAlong: SQL = sql`${reviews}.archived_with_product`;

async function moveBatch(
  tx: Database,
  context: Context,
  shop: Shop,
  { productId, isArchived }: { productId: number; isArchived: boolean },
): Promise<number> {
  const [product] = await tx
    .select({ externalId: products.externalId, archivedAt: products.archivedAt })
    .from(products)
    .where(eq(products.id, productId))
    .for('key share');
  // Somebody wants the contrary by now.
  if (!product || (product.archivedAt !== null) !== isArchived) return 0;
  const rows = await tx
    .select()
    .from(reviews)
    .where(
      and(
        eq(reviews.productId, productId),
        isArchived ? eq(reviews.status, 'published') : wentAlong,
      ),
    )
    .orderBy(asc(reviews.id))
    .limit(BATCH_ROWS)
    .for('update');
  if (rows.length === 0) return 0;
  const ids = rows.map(({ id }) => id);
  await tx.execute(sql`update ${reviews} set archived_with_product = ${isArchived}
    where ${inArray(reviews.id, ids)}`);
  // On the others the shop has decided since.
  const own = rows.filter(({ status }) => status === (isArchived ? 'published' : 'archived'));
  const subject = product.externalId;
  await changeAll(tx, context, shop, { externalId: subject, isArchived, own });
  const verb = isArchived ? 'product.archive' : 'product.restore';
  const details = { reviews: own.length };
  await recordAct(tx, { shopId: shop.id, verb, subject, details }, context);
  return rows.length;
}

/** As `changeStatus` does with one, in as many statements for all of them. */
async function changeAll(
  tx: Database,
  context: Context,
  shop: Shop,
  {
    externalId,
    isArchived,
    own,
  }: { externalId: string; isArchived: boolean; own: (typeof reviews.$inferSelect)[] },
): Promise<void> {
  const [first] = own;
  if (!first) return;
  const now = context.now();
  const status = isArchived ? 'archived' : 'published';
  const ids = own.map(({ id }) => id);
  const publishedAt = sql`coalesce(${reviews.publishedAt}, ${now.toISOString()}::timestamptz)`;
  await tx.update(reviews).set({ status, publishedAt }).where(inArray(reviews.id, ids));
  const all = own.map((review) => toReviewEvent({ ...review, status }, externalId));
  await enqueueEvents(tx, { shopId: shop.id, type: `review.${status}`, all }, now);
  await adjustRatings(
    tx,
    shop.id,
    own.map((review) => ({ ...review, by: isArchived ? -1 : 1 })),
  );
  const photos = isArchived ? await uploadTags(tx, shop.appKey, ids) : [];
  const tags = [...(await reviewTags(tx, shop.appKey, [{ ...first, externalId }])), ...photos];
  await enqueuePurge(tx, { shopId: shop.id, tags, mode: isArchived ? 'hard' : 'soft' }, now);
}
