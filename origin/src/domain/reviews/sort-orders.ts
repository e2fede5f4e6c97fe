/** The orders of a review list: the columns to sort by, and how a cursor remembers a place in them. */
import type { ReviewSort } from '@plaudit/contract';
import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { reviews } from '../../db/schema.ts';
import { readPlace, writePlace } from '../place.ts';

type Row = Pick<
  typeof reviews.$inferSelect,
  'id' | 'createdAt' | 'rating' | 'helpfulness' | 'mediaCount' | 'relevance'
>;

interface SortOrder {
  /** What stands before the instant and the id in the sort key, if anything. */
  first?: { column: SQLWrapper; of: (row: Row) => number };
  direction: 'asc' | 'desc';
}

const SORT_ORDERS: Record<ReviewSort, SortOrder> = {
  newest: { direction: 'desc' },
  oldest: { direction: 'asc' },
  highest: { first: { column: reviews.rating, of: (row) => row.rating }, direction: 'desc' },
  lowest: {
    first: { column: reviews.ratingNegated, of: (row) => -row.rating },
    direction: 'desc',
  },
  helpful: {
    first: { column: reviews.helpfulness, of: (row) => row.helpfulness ?? 0 },
    direction: 'desc',
  },
  media: { first: { column: reviews.mediaCount, of: (row) => row.mediaCount }, direction: 'desc' },
  relevant: { first: { column: reviews.relevance, of: (row) => row.relevance }, direction: 'desc' },
};

const keyColumns = ({ first }: SortOrder): SQLWrapper[] => [
  ...(first ? [first.column] : []),
  reviews.createdAt,
  reviews.id,
];

/** `order by` of a sort. Its columns are those of one index, so no page is ever sorted. */
export function orderBy(sort: ReviewSort): SQL[] {
  const order = SORT_ORDERS[sort];
  return keyColumns(order).map((column) => sql`${column} ${sql.raw(order.direction)}`);
}

/** What a cursor is bound to: it leads on in this list and is refused in any other. */
export interface ListIdentity {
  sort: ReviewSort;
  /** Names shop, product and filters. */
  scope: string;
}

/**
 * The condition that leaves out everything up to and including the cursor's row.
 * @throws InvalidCursorError when it is not a cursor of this list
 */
export function afterCursor(list: ListIdentity, cursor: string): SQL {
  const order = SORT_ORDERS[list.sort];
  const place = readPlace(nameOf(list), cursor);
  const columns = sql.join(keyColumns(order), sql`, `);
  const values = sql.join(
    [
      ...(order.first ? [sql`${place.first}::integer`] : []),
      sql`${place.createdAt.toISOString()}::timestamptz`,
      sql`${place.id}::bigint`,
    ],
    sql`, `,
  );
  return sql`(${columns}) ${sql.raw(order.direction === 'asc' ? '>' : '<')} (${values})`;
}

/** Writes the place after a row. */
export function toCursor(list: ListIdentity, row: Row): string {
  const first = SORT_ORDERS[list.sort].first?.of(row) ?? 0;
  return writePlace(nameOf(list), { first, createdAt: row.createdAt, id: row.id });
}

const nameOf = ({ sort, scope }: ListIdentity): string => `${sort} ${scope}`;
