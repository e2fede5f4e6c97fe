import { asc, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products } from '../../db/schema.ts';

/** What decides where something that is written of a product stands. */
export interface HeldProduct {
  groupId: number | null;
  /** The shop has taken it away. */
  isArchived: boolean;
}

/**
 * The groups of products, by our numbers of both, and whether they are there. Until the transaction ends none of them enters or
 * leaves one, so what is written of them meanwhile is in the right list.
 */
export async function holdProducts(
  tx: Database,
  productIds: readonly number[],
): Promise<Map<number, HeldProduct>> {
  const rows = await tx
    .select({ id: products.id, groupId: products.groupId, archivedAt: products.archivedAt })
    .from(products)
    .where(sql`${products.id} = any(${sql.param([...productIds])})`)
    .orderBy(asc(products.id))
    // As a foreign key would hold them anyhow: against `lockProduct` alone.
    .for('key share');
  return new Map(
    rows.map(({ id, groupId, archivedAt }) => [id, { groupId, isArchived: archivedAt !== null }]),
  );
}

/** The same of one product. */
export async function holdProduct(tx: Database, productId: number): Promise<HeldProduct> {
  const held = await holdProducts(tx, [productId]);
  return held.get(productId) ?? { groupId: null, isArchived: false };
}
