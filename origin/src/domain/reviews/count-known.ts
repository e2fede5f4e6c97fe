import { and, count, eq, sql } from 'drizzle-orm';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import type { Context } from '../context.ts';

/** How many of these reviews of a source the shop has already. */
export async function countKnownReviews(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  source: string,
  sourceKeys: readonly string[],
): Promise<number> {
  const keys = await vault.keysOf(shopId);
  // Those that were imported before there were keys have theirs as they came.
  const wanted = sourceKeys.flatMap((key) => [keys.digest(key), key]);
  const [row] = await inShop(db, shopId, async (tx) =>
    tx
      .select({ known: count() })
      .from(reviews)
      .where(
        and(
          eq(reviews.shopId, shopId),
          eq(reviews.source, source),
          sql`${reviews.sourceKey} = any(${sql.param(wanted)})`,
        ),
      ),
  );
  return row?.known ?? 0;
}
