/**
 * Published reviews by page number, for clients that know no cursors. A page is cut from an index by
 * ids alone and from the nearer end of the list, and how far it may lie from there is bounded.
 */
import type { Rating } from '@plaudit/contract';
import { and, eq, gt, gte, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products, reviews } from '../../db/schema.ts';
import { isInScope } from './filters.ts';
import { toNumberedReview, type NumberedReview } from './numbered.ts';

/** In which order reviews come. Of a whole shop only `newest`, `oldest` and `relevant` are in use. */
export type NumberedSort =
  | 'newest'
  | 'oldest'
  | 'highest'
  | 'lowest'
  | 'helpful'
  | 'unhelpful'
  | 'media'
  | 'relevant';

/** Which reviews are wanted. */
export interface NumberedQuery {
  /** Of the list of one product or group, or of the whole shop where there is none. */
  listNumber?: number | undefined;
  sort: NumberedSort;
  offset: number;
  limit: number;
  rating?: Rating | undefined;
  /** Only reviews with a higher number; looked for among the first `WINDOW` of the list. */
  afterNumber?: number | undefined;
  /** Only reviews written since then. */
  since?: Date | undefined;
  /** How many reviews the list holds, where that is known: lets a late page be read from the end. */
  total?: number | undefined;
}

/** Rows that a page may skip, from the nearer end. What lies deeper cannot be read. */
export const SKIP_MAX = 50_000;
/** Rows that are looked at where a filter has no index. */
const WINDOW = 10_000;

const ORDERS: Record<NumberedSort, { first?: SQLWrapper; isDescending: boolean }> = {
  newest: { isDescending: true },
  oldest: { isDescending: false },
  highest: { first: reviews.rating, isDescending: true },
  lowest: { first: reviews.ratingNegated, isDescending: true },
  helpful: { first: reviews.helpfulness, isDescending: true },
  unhelpful: { first: reviews.helpfulness, isDescending: false },
  media: { first: reviews.mediaCount, isDescending: true },
  relevant: { first: reviews.relevance, isDescending: true },
};

/** A page of reviews. Call it in the shop's transaction. */
export async function listNumberedReviews(
  tx: Database,
  shopId: number,
  query: NumberedQuery,
): Promise<NumberedReview[]> {
  const { offset, limit, total = Infinity } = query;
  const count = Math.min(limit, total - offset);
  if (count <= 0) return [];
  const fromEnd = total - offset - count;
  const isReversed = fromEnd < offset;
  const skip = isReversed ? fromEnd : offset;
  if (skip > SKIP_MAX) return [];
  const ids = (await readIds(tx, shopId, query, { isReversed, skip, count })).map(({ id }) => id);
  if (isReversed) ids.reverse();
  return readNumberedReviews(tx, shopId, ids);
}

interface Cut {
  isReversed: boolean;
  skip: number;
  count: number;
}

/** `order by` of a sort. */
export function numberedOrder(sort: NumberedSort): SQL[] {
  const { first, isDescending } = ORDERS[sort];
  return toOrder(first, isDescending);
}

function toOrder(first: SQLWrapper | undefined, isDescending: boolean): SQL[] {
  const direction = sql.raw(isDescending ? 'desc' : 'asc');
  const columns = [...(first ? [first] : []), reviews.createdAt, reviews.id];
  return columns.map((column) => sql`${column} ${direction}`);
}

function readIds(tx: Database, shopId: number, query: NumberedQuery, cut: Cut) {
  const { listNumber, rating, afterNumber, since } = query;
  const { first, isDescending } = orderOf(query);
  const order = toOrder(first, isDescending !== cut.isReversed);
  const scope = and(
    isInScope({ shopId, ...(listNumber !== undefined && { listId: listNumber }) }),
    sql`${reviews.status} = 'published'`,
    since && gte(reviews.createdAt, since),
  );
  const isRated = rating === undefined ? undefined : eq(reviews.rating, rating);
  const isAfter = afterNumber === undefined ? undefined : gt(reviews.id, afterNumber);
  const hasIndex = !isAfter && (!isRated || isStarList(query));
  const { id } = reviews;
  const condition = hasIndex ? and(scope, isRated) : and(isRated, isAfter, inWindow());
  return tx
    .select({ id })
    .from(reviews)
    .where(condition)
    .orderBy(...order)
    .offset(cut.skip)
    .limit(cut.count);

  function inWindow(): SQL {
    const window = tx
      .select({ id })
      .from(reviews)
      .where(scope)
      .orderBy(...order)
      .limit(WINDOW);
    return inArray(id, window);
  }
}

/** Among equal ratings an order by rating is one by date, which the ratings' index holds. */
const BY_DATE: ReadonlySet<NumberedSort> = new Set(['newest', 'oldest', 'highest', 'lowest']);

const isStarList = ({ rating, listNumber, sort }: NumberedQuery): boolean =>
  rating !== undefined && listNumber !== undefined && BY_DATE.has(sort);

const orderOf = (query: NumberedQuery) =>
  isStarList(query)
    ? { first: reviews.rating, isDescending: query.sort !== 'oldest' }
    : ORDERS[query.sort];

/** Those of the named reviews that the shop shows, in this order. Call it in the shop's transaction. */
export async function readNumberedReviews(
  tx: Database,
  shopId: number,
  ids: readonly number[],
): Promise<NumberedReview[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select()
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(
      and(
        eq(reviews.shopId, shopId),
        inArray(reviews.id, [...ids]),
        sql`${reviews.status} = 'published'`,
      ),
    );
  const byId = new Map(rows.map((row) => [row.reviews.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [toNumberedReview(row.reviews, row.products)] : [];
  });
}
