import { asc, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products } from '../../db/schema.ts';

/**
 * The groups of products, by our numbers of both. Until the transaction ends none of them enters or
 * leaves one, so what is written of them meanwhile is in the right list.
 */
export async function holdGroups(
  tx: Database,
  productIds: readonly number[],
): Promise<Map<number, number | null>> {
  const rows = await tx
    .select({ id: products.id, groupId: products.groupId })
    .from(products)
    .where(inArray(products.id, [...productIds]))
    .orderBy(asc(products.id))
    // As a foreign key would hold them anyhow: against `lockProduct` alone.
    .for('key share');
  return new Map(rows.map(({ id, groupId }) => [id, groupId]));
}

/** The group of one product, held likewise. */
export async function holdGroup(tx: Database, productId: number): Promise<number | null> {
  const groupIds = await holdGroups(tx, [productId]);
  return groupIds.get(productId) ?? null;
}
