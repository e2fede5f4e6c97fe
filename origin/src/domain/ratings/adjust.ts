import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { ratingSummaries, shopSummaries } from '../../db/schema.ts';
import { adjustFacets, type FacetChange } from '../facets/adjust.ts';
import { toHistograms, toStarCounts, type Histograms, type StarCounts } from './star-counts.ts';

/** One review that became visible (+1) or stopped being so (-1). */
export interface VisibilityChange extends FacetChange {
  rating: number;
  incentivized: boolean;
}

/**
 * Brings the summaries and facets of products and shop up to date with a change of visible reviews. Call it in
 * the transaction of the change, whose rows it then sums up exactly, whatever runs beside it.
 */
export async function adjustRatings(
  tx: Database,
  shopId: number,
  changes: readonly VisibilityChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const whole = toHistograms(null);
  const byProduct = new Map<number, Histograms>();
  for (const change of changes) {
    const own = byProduct.get(change.productId) ?? toHistograms(null);
    byProduct.set(change.productId, own);
    add(own, change);
    add(whole, change);
  }
  // In one order, so that two changes at once never wait for each other.
  const rows = [...byProduct].toSorted(([a], [b]) => a - b);
  await tx
    .insert(ratingSummaries)
    .values(rows.map(([productId, counts]) => ({ productId, shopId, ...toStarCounts(counts) })))
    .onConflictDoUpdate({
      target: ratingSummaries.productId,
      set: { ...addExcluded(ratingSummaries), topicsStale: true },
    });
  await tx
    .insert(shopSummaries)
    .values({ shopId, ...toStarCounts(whole) })
    .onConflictDoUpdate({ target: shopSummaries.shopId, set: addExcluded(shopSummaries) });
  await adjustFacets(tx, shopId, changes);
}

function add(histograms: Histograms, { rating, incentivized, by }: VisibilityChange): void {
  const star = (rating - 1) as 0 | 1 | 2 | 3 | 4;
  histograms.all[star] += by;
  if (!incentivized) histograms.organic[star] += by;
}

/** `n1 = table.n1 + excluded.n1` for every counting column. */
function addExcluded(
  table: typeof ratingSummaries | typeof shopSummaries,
): Record<keyof StarCounts, SQL> {
  const names = Object.keys(toStarCounts(toHistograms(null))) as (keyof StarCounts)[];
  return Object.fromEntries(
    names.map((name) => [name, sql`${table[name]} + excluded.${sql.identifier(name)}`]),
  ) as Record<keyof StarCounts, SQL>;
}
