/**
 * Published reviews that match a filter, by page number and with how many there are, for clients that
 * know no cursors. No index tells that number, so the matches are looked for in a bounded number of rows.
 */
import { and, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { reviews } from '../../db/schema.ts';
import { isInScope, toCandidates, toConditions, type Filtering } from './filters.ts';
import { numberedOrder, readNumberedReviews, type NumberedSort } from './list-numbered.ts';
import type { NumberedReview } from './numbered.ts';

/** Which reviews are wanted. */
export interface MatchQuery {
  /** Of the list of one product or group, or of the whole shop where there is none. */
  listNumber?: number | undefined;
  /** How many reviews the list has when nothing is left out. */
  size: number;
  filtering: Filtering;
  sort: NumberedSort;
  offset: number;
  limit: number;
  /** How many rows of the list are looked at; of matches beyond them nobody hears. */
  window?: number;
}

/** A page of them. */
export interface NumberedMatches {
  /** Of all pages. */
  total: number;
  reviews: NumberedReview[];
}

const WINDOW = 10_000;

/**
 * A page of matches: of all there are where the list is no longer than the window, or no more than that
 * match; else of those among the first of the list. Call it in the shop's transaction.
 */
export async function listNumberedMatches(
  tx: Database,
  shopId: number,
  { listNumber, size, filtering, sort, offset, limit, window = WINDOW }: MatchQuery,
): Promise<NumberedMatches> {
  const scope = { shopId, ...(listNumber !== undefined && { listId: listNumber }) };
  const candidates = toCandidates(scope, filtering);
  const isRare = size > window && (await isFew(tx, candidates, window));
  const inList = and(
    isInScope(scope),
    sql`${reviews.status} = 'published'`,
    isRare ? sql`${reviews.id} = any(array(${candidates}))` : undefined,
  );
  const order = numberedOrder(sort);
  // Under the table's own name, so that conditions and order are the same in and out.
  const looked = tx
    .select()
    .from(reviews)
    .where(inList)
    .orderBy(...order)
    .limit(window)
    .as('reviews');
  const found = await tx
    .select({ id: looked.id })
    .from(looked)
    .where(and(...toConditions(filtering)))
    .orderBy(...order);
  const ids = found.slice(offset, offset + limit).map(({ id }) => id);
  return { total: found.length, reviews: await readNumberedReviews(tx, shopId, ids) };
}

async function isFew(tx: Database, candidates: SQL, most: number): Promise<boolean> {
  const found = await tx
    .select({ one: sql`1` })
    .from(sql`(${candidates} limit ${most + 1}) as found`);
  return found.length <= most;
}
