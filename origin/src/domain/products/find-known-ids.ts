import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { products } from '../../db/schema.ts';
import { SITE_NAME } from './site.ts';

/** Which of these ids are the shop's own ids of products that we know; it knows itself. */
export async function findKnownProductIds(
  db: Database,
  shopId: number,
  externalIds: Iterable<string>,
): Promise<Set<string>> {
  const rows = await inShop(db, shopId, async (tx) =>
    tx
      .select({ externalId: products.externalId })
      .from(products)
      .where(
        and(
          eq(products.shopId, shopId),
          sql`${products.externalId} = any(${sql.param([...externalIds])})`,
        ),
      ),
  );
  return new Set([SITE_NAME, ...rows.map(({ externalId }) => externalId)]);
}
