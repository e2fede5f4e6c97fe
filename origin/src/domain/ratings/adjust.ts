import { sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { jsonRows } from '../../db/json-rows.ts';
import { ratingSummaries, shopSummaries } from '../../db/schema.ts';
import { adjustFacets, type FacetChange } from '../facets/adjust.ts';
import { listsOf } from '../products/list-of.ts';
import { toHistograms, toStarCounts, type Histograms, type StarCounts } from './star-counts.ts';

/** One review that became visible (+1) or stopped being so (-1). */
export interface VisibilityChange extends FacetChange {
  rating: number;
  incentivized: boolean;
}

/**
 * Brings the summaries and facets of products, groups and shop up to date with a change of visible reviews. Call it in
 * the transaction of the change, whose rows it then sums up exactly, whatever runs beside it.
 */
export async function adjustRatings(
  tx: Database,
  shopId: number,
  changes: readonly VisibilityChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const whole = toHistograms(null);
  const byList = new Map<number, Histograms>();
  for (const change of changes) {
    for (const listId of listsOf(change)) {
      const own = byList.get(listId) ?? toHistograms(null);
      byList.set(listId, own);
      add(own, change);
    }
    add(whole, change);
  }
  await addToLists(
    tx,
    shopId,
    [...byList].map(([listId, counts]) => ({ listId, counts: toStarCounts(counts) })),
  );
  await tx
    .insert(shopSummaries)
    .values({ shopId, ...toStarCounts(whole) })
    .onConflictDoUpdate({ target: shopSummaries.shopId, set: addExcluded(shopSummaries) });
  await adjustFacets(tx, shopId, changes);
}

/** Adds counts to the summaries of lists. */
export async function addToLists(
  tx: Database,
  shopId: number,
  changes: readonly { listId: number; counts: StarCounts }[],
): Promise<void> {
  // In one order, so that two changes at once never wait for each other.
  const rows = changes
    .toSorted((a, b) => a.listId - b.listId)
    .map(({ listId, counts }) => ({
      listId,
      shopId,
      ...counts,
      topicsStale: true,
      topicsAt: null,
    }));
  await tx
    .insert(ratingSummaries)
    .select(jsonRows(ratingSummaries, rows))
    .onConflictDoUpdate({
      target: ratingSummaries.listId,
      set: { ...addExcluded(ratingSummaries), topicsStale: true },
    });
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
