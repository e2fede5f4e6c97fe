import { and, count, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';

/** How many of these reviews of a source the shop has already. */
export async function countKnownReviews(
  db: Database,
  shopId: number,
  source: string,
  sourceKeys: readonly string[],
): Promise<number> {
  const [row] = await inShop(db, shopId, async (tx) =>
    tx
      .select({ known: count() })
      .from(reviews)
      .where(
        and(
          eq(reviews.shopId, shopId),
          eq(reviews.source, source),
          inArray(reviews.sourceKey, [...sourceKeys]),
        ),
      ),
  );
  return row?.known ?? 0;
}
