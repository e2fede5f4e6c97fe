import { productTag, ratingShardOf, ratingsTag, reviewsTag, shopTag } from '@plaudit/contract';
import { asc, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products, ratingSummaries } from '../../db/schema.ts';

/** With more products than this changed at once, the shop's one tag is cheaper than theirs. */
const PRODUCTS_MAX = 200;

/** A product as far as it decides whose visitors see its reviews. */
export interface SeenProduct {
  /** The shop's own id. */
  externalId: string;
  groupId: number | null;
}

/** The tags of every answer that shows reviews or ratings of these products. */
export async function reviewTags(
  tx: Database,
  appKey: string,
  seen: readonly SeenProduct[],
): Promise<string[]> {
  return toTags(appKey, await findShowing(tx, seen));
}

/**
 * The products that show reviews of these, by the shop's ids: those of a group show each other's. Until the
 * transaction ends no product enters or leaves such a group: a page that is read in between would go
 * without its purge.
 */
export async function findShowing(tx: Database, seen: readonly SeenProduct[]): Promise<string[]> {
  const own = seen.map(({ externalId }) => externalId);
  const groupIds = seen.flatMap(({ groupId }) => groupId ?? []);
  const members = groupIds.length > 0 ? await lockMembers(tx, groupIds) : [];
  return [...new Set([...own, ...members])];
}

/** Locks what whoever changes a group writes to as well: its summary. */
async function lockMembers(tx: Database, groupIds: number[]): Promise<string[]> {
  await tx
    .select({ listId: ratingSummaries.listId })
    .from(ratingSummaries)
    .where(inArray(ratingSummaries.listId, groupIds))
    .orderBy(asc(ratingSummaries.listId))
    .for('no key update');
  const members = await tx
    .select({ externalId: products.externalId })
    .from(products)
    .where(inArray(products.groupId, groupIds));
  return members.map(({ externalId }) => externalId);
}

function toTags(appKey: string, productIds: readonly string[]): string[] {
  if (productIds.length > PRODUCTS_MAX) return [shopTag(appKey)];
  return [
    reviewsTag(appKey),
    ...productIds.flatMap((id) => [productTag(appKey, id), ratingsTag(appKey, ratingShardOf(id))]),
  ];
}
