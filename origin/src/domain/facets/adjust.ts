import type { ReviewAnswer } from '@plaudit/contract';
import { sql } from 'drizzle-orm';
import { reviewFacets } from '../../db/answers-schema.ts';
import type { Database } from '../../db/database.ts';

/** One review that became visible (+1) or stopped being so (-1). */
export interface FacetChange {
  productId: number;
  locale: string | null;
  country: string | null;
  answers: ReviewAnswer[] | null;
  by: 1 | -1;
}

type Row = typeof reviewFacets.$inferInsert;

/** Stands for the whole shop. */
export const WHOLE_SHOP = 0;

/** Brings the facets of products and shop up to date; call it in the transaction of the change. */
export async function adjustFacets(
  tx: Database,
  shopId: number,
  changes: readonly FacetChange[],
): Promise<void> {
  const rows = new Map<string, Row>();
  for (const change of changes) {
    for (const productId of [WHOLE_SHOP, change.productId]) {
      for (const facet of facetsOf(change)) add(rows, { shopId, productId, ...facet });
    }
  }
  if (rows.size === 0) return;
  // In one order, so that two changes at once never wait for each other.
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await tx
    .insert(reviewFacets)
    .values(sorted)
    .onConflictDoUpdate({
      target: [reviewFacets.shopId, reviewFacets.productId, reviewFacets.kind, reviewFacets.value],
      set: {
        count: sql`${reviewFacets.count} + excluded.count`,
        total: sql`${reviewFacets.total} + excluded.total`,
        label: sql`excluded.label`,
      },
    });
}

function facetsOf({ locale, country, answers, by }: FacetChange) {
  const facets: Omit<Row, 'shopId' | 'productId'>[] = [];
  if (locale) facets.push({ kind: 'locale', value: locale.toLowerCase(), count: by, total: 0 });
  if (country) facets.push({ kind: 'country', value: country, count: by, total: 0 });
  for (const { question, label, value } of answers ?? []) {
    if (typeof value !== 'number') continue;
    facets.push({ kind: 'scale', value: question, count: by, total: by * value, label });
  }
  return facets;
}

function add(rows: Map<string, Row>, row: Row): void {
  const key = JSON.stringify([row.productId, row.kind, row.value]);
  const before = rows.get(key);
  const sum = { count: row.count + (before?.count ?? 0), total: row.total + (before?.total ?? 0) };
  rows.set(key, { ...row, ...sum });
}
