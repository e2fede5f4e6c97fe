/** The orders of a review list: the columns to sort by, and how a cursor remembers a place in them. */
import type { ReviewSort } from '@plaudit/contract';
import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { reviews } from '../../db/schema.ts';
import { InvalidCursorError } from '../errors.ts';

type Row = Pick<
  typeof reviews.$inferSelect,
  'id' | 'createdAt' | 'rating' | 'votesUp' | 'mediaCount' | 'relevance'
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
    first: { column: sql`(-${reviews.rating})`, of: (row) => -row.rating },
    direction: 'desc',
  },
  helpful: { first: { column: reviews.votesUp, of: (row) => row.votesUp }, direction: 'desc' },
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

/** The condition that leaves out everything up to and including the cursor's row. */
export function afterCursor(sort: ReviewSort, cursor: string): SQL {
  const order = SORT_ORDERS[sort];
  const place = readCursor(sort, cursor);
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

/** Writes the place after a row, bound to the sort it was read in. */
export function toCursor(sort: ReviewSort, row: Row): string {
  const first = SORT_ORDERS[sort].first?.of(row) ?? 0;
  const place = JSON.stringify([sort, first, row.createdAt.getTime(), row.id]);
  return Buffer.from(place).toString('base64url');
}

function readCursor(
  sort: ReviewSort,
  cursor: string,
): { first: number; createdAt: Date; id: number } {
  const [ownSort, first, createdAtMs, id] = parsePlace(cursor);
  const createdAt = new Date(Number(createdAtMs));
  const isWhole = [first, createdAtMs, id].every((part) => Number.isSafeInteger(part));
  const isInRange = Math.abs(Number(first)) < 2 ** 31 && !Number.isNaN(createdAt.getTime());
  if (ownSort !== sort || !isWhole || !isInRange) throw new InvalidCursorError();
  return { first: Number(first), createdAt, id: Number(id) };
}

function parsePlace(cursor: string): unknown[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(place) ? place : [];
  } catch {
    return [];
  }
}
