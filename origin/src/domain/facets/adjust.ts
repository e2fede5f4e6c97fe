import { VARIANT_QUESTION, type ReviewAnswer } from '@plaudit/contract';
import { and, eq, ne, sql } from 'drizzle-orm';
import { reviewFacets } from '../../db/answers-schema.ts';
import type { Database } from '../../db/database.ts';
import { jsonRows } from '../../db/json-rows.ts';
import { listsOf } from '../products/list-of.ts';

/** One review that became visible (+1) or stopped being so (-1). */
export interface FacetChange {
  productId: number;
  groupId: number | null;
  locale: string | null;
  country: string | null;
  answers: ReviewAnswer[] | null;
  by: 1 | -1;
}

type Row = typeof reviewFacets.$inferSelect;

/** Stands for the whole shop. */
export const WHOLE_SHOP = 0;

/** Brings the facets of products, groups and shop up to date; call it in the transaction of the change. */
export async function adjustFacets(
  tx: Database,
  shopId: number,
  changes: readonly FacetChange[],
): Promise<void> {
  const rows = new Map<string, Row>();
  for (const change of changes) {
    for (const listId of [WHOLE_SHOP, ...listsOf(change)]) {
      for (const facet of facetsOf(change)) add(rows, { shopId, listId, ...facet });
    }
  }
  // In one order, so that two changes at once never wait for each other.
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await addFacets(tx, sorted);
}

/**
 * Adds the facets of one list to another, or takes them away. Topics are no sums; a job finds them. Call it
 * where the summary of the other list was written to before, so that nobody else does the same.
 */
export async function addFacetsOf(
  tx: Database,
  shopId: number,
  from: number,
  { listId, by }: { listId: number; by: 1 | -1 },
): Promise<void> {
  const isOwn = and(eq(reviewFacets.shopId, shopId), eq(reviewFacets.listId, from));
  const own = await tx
    .select()
    .from(reviewFacets)
    .where(and(isOwn, ne(reviewFacets.kind, 'topic')));
  const toAdd = ({ count, total, ...facet }: Row): Row => ({
    ...facet,
    listId,
    count: by * count,
    total: by * total,
  });
  await addFacets(tx, own.map(toAdd));
}

async function addFacets(tx: Database, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(reviewFacets)
    .select(jsonRows(reviewFacets, rows))
    .onConflictDoUpdate({
      target: [reviewFacets.shopId, reviewFacets.listId, reviewFacets.kind, reviewFacets.value],
      set: {
        count: sql`${reviewFacets.count} + excluded.count`,
        total: sql`${reviewFacets.total} + excluded.total`,
        label: sql`excluded.label`,
      },
    });
}

function facetsOf({ locale, country, answers, by }: FacetChange) {
  const facets: Omit<Row, 'shopId' | 'listId'>[] = [];
  if (locale)
    facets.push({ kind: 'locale', value: locale.toLowerCase(), count: by, total: 0, label: null });
  if (country) facets.push({ kind: 'country', value: country, count: by, total: 0, label: null });
  for (const { question, label, value } of answers ?? []) {
    if (typeof value === 'number') {
      facets.push({ kind: 'scale', value: question, count: by, total: by * value, label });
    } else if (question === VARIANT_QUESTION) {
      facets.push({ kind: 'variant', value: String(value), count: by, total: 0, label: null });
    }
  }
  return facets;
}

function add(rows: Map<string, Row>, row: Row): void {
  const key = JSON.stringify([row.listId, row.kind, row.value]);
  const before = rows.get(key);
  const sum = { count: row.count + (before?.count ?? 0), total: row.total + (before?.total ?? 0) };
  rows.set(key, { ...row, ...sum });
}
