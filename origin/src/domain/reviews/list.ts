/** Reads published reviews, a page at a time, with the summary that stands beside them. */
import {
  REVIEW_LIMIT_DEFAULT,
  toReviewSearch,
  type RatingSummary,
  type Review,
  type ReviewFacets,
  type ReviewPage,
  type ReviewQuery,
  type ReviewSort,
} from '@plaudit/contract';
import { and, eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { products, ratingSummaries, reviews, shopSummaries } from '../../db/schema.ts';
import { WHOLE_SHOP } from '../facets/adjust.ts';
import { readFacets } from '../facets/read.ts';
import { toRatingSummary } from '../ratings/star-counts.ts';
import {
  isInScope,
  toCandidates,
  toConditions,
  toMatches,
  type Filtering,
  type Scope,
} from './filters.ts';
import { afterCursor, orderBy, toCursor } from './sort-orders.ts';
import { toReview } from './to-review.ts';

/**
 * A page of the reviews that a product shows. An unknown product has none: an empty page, not an error.
 * @throws InvalidCursorError
 */
export async function listProductReviews(
  db: Database,
  shopId: number,
  externalId: string,
  query: ReviewQuery,
): Promise<ReviewPage> {
  return inShop(db, shopId, (tx) => readProductReviews(tx, shopId, externalId, query));
}

async function readProductReviews(
  tx: Database,
  shopId: number,
  externalId: string,
  query: ReviewQuery,
): Promise<ReviewPage> {
  const [found] = await tx
    .select()
    .from(products)
    .leftJoin(ratingSummaries, eq(ratingSummaries.listId, products.listId))
    .where(and(eq(products.shopId, shopId), eq(products.externalId, externalId)))
    .limit(1);
  // A condition that no row meets still has a wrong cursor refused.
  const listId = found?.products.listId ?? UNKNOWN_LIST;
  const summary = toRatingSummary(found?.rating_summaries);
  const { count: size } = summary;
  const list = { shopId, listId, name: `${shopId}/${externalId}`, size, shownBy: externalId };
  const page = await readPage(tx, list, query);
  const facets = found && (await facetsFor(tx, shopId, listId, query));
  return toReviewPage(summary, facets, page);
}

/**
 * A page of the whole shop's reviews.
 * @throws InvalidCursorError
 */
export async function listShopReviews(
  db: Database,
  shopId: number,
  query: ReviewQuery,
): Promise<ReviewPage> {
  return inShop(db, shopId, async (tx) => {
    const [row] = await tx.select().from(shopSummaries).where(eq(shopSummaries.shopId, shopId));
    const summary = toRatingSummary(row);
    const list = { shopId, name: `${shopId}`, size: summary.count };
    const page = await readPage(tx, list, query);
    const facets = await facetsFor(tx, shopId, WHOLE_SHOP, query);
    return toReviewPage(summary, facets, page);
  });
}

interface Page {
  reviews: Review[];
  next?: string;
}

const toReviewPage = (
  summary: RatingSummary,
  facets: ReviewFacets | undefined,
  page: Page,
): ReviewPage => ({ summary, ...(facets && { facets }), ...page });

/** Neither a product's number nor a group's. */
const UNKNOWN_LIST = 0;

/** They are the same on every page, so later ones do without. */
const facetsFor = async (
  tx: Database,
  shopId: number,
  listId: number,
  { cursor }: ReviewQuery,
): Promise<ReviewFacets | undefined> =>
  cursor === undefined ? readFacets(tx, shopId, listId) : undefined;

interface List extends Scope {
  name: string;
  /** How many reviews it has when nothing is left out. */
  size: number;
  /** The shop's own id of the product that the list stands beside. */
  shownBy?: string;
}

/** So many rows are looked at for those that a filter lets through, before an index is asked for them. */
const WINDOW = 500;

async function readPage(db: Database, list: List, query: ReviewQuery): Promise<Page> {
  const { sort = 'relevant', limit = REVIEW_LIMIT_DEFAULT, cursor, ...filtering } = query;
  const identity = { sort, scope: `${list.name}${toReviewSearch(filtering)}` };
  const isAfter = cursor === undefined ? undefined : afterCursor(identity, cursor);
  const inList = and(isInScope(list), sql`${reviews.status} = 'published'`, isAfter);
  const conditions = toConditions(filtering);
  const isLong = conditions.length > 0 && list.size > WINDOW;
  // One more than asked for tells whether there is a next page.
  const wanted = { sort, count: limit + 1, conditions };
  let rows = await readRows(db, wanted, inList, isLong ? WINDOW : undefined);
  // What is common has been found; what is rare has few candidates.
  if (isLong && rows.length <= limit) {
    rows = await readRareRows(db, wanted, { list, filtering, inList, isAfter });
  }
  const shown = rows.slice(0, limit);
  const last = shown.at(-1)?.review;
  return {
    reviews: shown.map(({ review, product }) => ({
      ...toReview(review, product.externalId),
      ...(product.externalId !== list.shownBy && nameOf(product)),
    })),
    ...(rows.length > limit && last ? { next: toCursor(identity, last) } : {}),
  };
}

/** What a review's product is called, and where it is sold: beside it that would be said twice. */
const nameOf = ({
  title,
  url,
}: typeof products.$inferSelect): Pick<Review, 'productTitle' | 'productUrl'> => ({
  ...(title ? { productTitle: title } : {}),
  ...(url ? { productUrl: url } : {}),
});

interface Wanted {
  sort: ReviewSort;
  count: number;
  conditions: SQL[];
}

interface Among {
  list: List;
  filtering: Filtering;
  inList: SQL | undefined;
  isAfter: SQL | undefined;
}

/** The same rows, looked up in an index of what filters ask for. */
function readRareRows(
  db: Database,
  { sort, count, conditions }: Wanted,
  { list, filtering, inList, isAfter }: Among,
) {
  const isOneOf = (ids: SQL) => and(sql`${reviews.id} = any(array(${ids}))`, inList);
  const matches = toMatches(list, filtering);
  if (!matches) {
    return readRows(db, { sort, count, conditions }, isOneOf(toCandidates(list, filtering)));
  }
  const order = sql.join(orderBy(sort), sql`, `);
  const page = sql`select ${reviews.id} from ${matches}
    where ${isAfter ?? sql`true`} order by ${order} limit ${count}`;
  return readRows(db, { sort, count, conditions: [] }, isOneOf(page));
}

/** The first rows of a list that meet the conditions; among its first `window` rows where there is one. */
function readRows(
  db: Database,
  { sort, count, conditions }: Wanted,
  inList: SQL | undefined,
  window?: number,
) {
  // Under the table's own name, so that conditions and order are the same in and out.
  const first = (count: number) =>
    db
      .select()
      .from(reviews)
      .where(inList)
      .orderBy(...orderBy(sort))
      .limit(count)
      .as('reviews');
  return db
    .select({ review: getTableColumns(reviews), product: products })
    .from(window === undefined ? reviews : first(window))
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(window === undefined ? and(inList, ...conditions) : and(...conditions))
    .orderBy(...orderBy(sort))
    .limit(count);
}
