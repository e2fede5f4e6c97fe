/** Step of changing a product: it enters the group of a name, or leaves the one it is in. */
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Database } from '../../db/database.ts';
import { productGroups } from '../../db/groups-schema.ts';
import { products, ratingSummaries, reviews } from '../../db/schema.ts';
import { addFacetsOf } from '../facets/adjust.ts';
import { addToLists } from '../ratings/adjust.ts';
import { negated, toHistograms, toStarCounts } from '../ratings/star-counts.ts';

type Product = Pick<typeof products.$inferSelect, 'id' | 'shopId' | 'groupId'>;

/** So many reviews are moved at once: no statement may take long, however many there are. */
const BATCH_ROWS = 1000;

/**
 * Moves a locked product, with its reviews and what they add up to. Nothing is counted: a product's own
 * summary and facets are kept in a group too.
 * @param name of the group; none where it is null or empty, the same where it is undefined
 * @returns the group that the product is in then
 */
export async function changeGroup(
  tx: Database,
  product: Product,
  name: string | null | undefined,
): Promise<number | null> {
  if (name === undefined) return product.groupId;
  const groupId = name ? await findOrMake(tx, product.shopId, name) : null;
  if (groupId === product.groupId) return groupId;
  // Reviews first: whoever decides on one has it before the summaries.
  await moveReviews(tx, product, groupId);
  await moveCounts(tx, product, groupId);
  await tx.update(products).set({ groupId }).where(eq(products.id, product.id));
  return groupId;
}

async function findOrMake(tx: Database, shopId: number, name: string): Promise<number> {
  const isNamed = and(eq(productGroups.shopId, shopId), eq(productGroups.name, name));
  const find = () => tx.select({ id: productGroups.id }).from(productGroups).where(isNamed);
  const [known] = await find();
  if (known) return known.id;
  await tx.insert(productGroups).values({ shopId, name }).onConflictDoNothing();
  const [made] = await find();
  return made?.id ?? 0;
}

async function moveReviews(
  tx: Database,
  { id, shopId }: Product,
  groupId: number | null,
): Promise<void> {
  const isOwn = and(eq(reviews.productId, id), sql`${reviews.groupId} is distinct from ${groupId}`);
  const published = tx
    .select({ id: reviews.id })
    .from(reviews)
    .where(and(isOwn, eq(reviews.status, 'published')));
  // By the index of the shop's lists of them: of a product alone they have none.
  const others = tx
    .select({ id: reviews.id })
    .from(reviews)
    .where(and(isOwn, eq(reviews.shopId, shopId), ne(reviews.status, 'published')));
  const found = await unionAll(published, others);
  const ids = found.map((row) => row.id).toSorted((a, b) => a - b);
  for (let start = 0; start < ids.length; start += BATCH_ROWS) {
    const batch = ids.slice(start, start + BATCH_ROWS);
    await tx.update(reviews).set({ groupId }).where(inArray(reviews.id, batch));
  }
}

async function moveCounts(tx: Database, product: Product, groupId: number | null): Promise<void> {
  const { id, shopId } = product;
  const [own] = await tx.select().from(ratingSummaries).where(eq(ratingSummaries.listId, id));
  const counts = toStarCounts(toHistograms(own));
  const changes = [
    ...(product.groupId === null ? [] : [{ listId: product.groupId, by: -1 } as const]),
    ...(groupId === null ? [] : [{ listId: groupId, by: 1 } as const]),
  ];
  await addToLists(
    tx,
    shopId,
    changes.map(({ listId, by }) => ({ listId, counts: by < 0 ? negated(counts) : counts })),
  );
  for (const change of changes) await addFacetsOf(tx, shopId, id, change);
}
