/** Reads published reviews, a page at a time, with the summary that stands beside them. */
import {
  REVIEW_LIMIT_DEFAULT,
  toReviewSearch,
  type RatingSummary,
  type Review,
  type ReviewPage,
  type ReviewQuery,
} from '@plaudit/contract';
import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products, ratingSummaries, reviews, shopSummaries } from '../../db/schema.ts';
import { toRatingSummary } from '../ratings/star-counts.ts';
import { afterCursor, orderBy, toCursor } from './sort-orders.ts';
import { toReview } from './to-review.ts';

/**
 * A page of one product's reviews. An unknown product has none: an empty page, not an error.
 * @throws InvalidCursorError
 */
export async function listProductReviews(
  db: Database,
  shopId: number,
  externalId: string,
  query: ReviewQuery,
): Promise<ReviewPage> {
  const [found] = await db
    .select()
    .from(products)
    .leftJoin(ratingSummaries, eq(ratingSummaries.productId, products.id))
    .where(and(eq(products.shopId, shopId), eq(products.externalId, externalId)))
    .limit(1);
  // A condition that no row meets still has a wrong cursor refused.
  const productId = found?.products.id ?? 0;
  const scope = { condition: eq(reviews.productId, productId), name: `${shopId}/${externalId}` };
  const page = await readPage(db, scope, query);
  return toReviewPage(toRatingSummary(found?.rating_summaries), page);
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
  const scope = { condition: eq(reviews.shopId, shopId), name: `${shopId}` };
  const page = await readPage(db, scope, query);
  const [summary] = await db.select().from(shopSummaries).where(eq(shopSummaries.shopId, shopId));
  return toReviewPage(toRatingSummary(summary), page);
}

interface Page {
  reviews: Review[];
  next?: string;
}

const toReviewPage = (summary: RatingSummary, page: Page): ReviewPage => ({ summary, ...page });

/** Whose reviews are read. */
interface Scope {
  condition: SQL;
  name: string;
}

async function readPage(db: Database, scope: Scope, query: ReviewQuery): Promise<Page> {
  const { sort = 'relevant', limit = REVIEW_LIMIT_DEFAULT, cursor, ...filtering } = query;
  const list = { sort, scope: `${scope.name}${toReviewSearch(filtering)}` };
  const conditions = [scope.condition, sql`${reviews.status} = 'published'`, ...filters(filtering)];
  if (cursor !== undefined) conditions.push(afterCursor(list, cursor));
  const rows = await db
    .select({ review: reviews, externalId: products.externalId })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(and(...conditions))
    .orderBy(...orderBy(sort))
    // One more than asked for tells whether there is a next page.
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1)?.review;
  return {
    reviews: shown.map(({ review, externalId }) => toReview(review, externalId)),
    ...(rows.length > limit && last ? { next: toCursor(list, last) } : {}),
  };
}

function filters(query: ReviewQuery): SQL[] {
  const { rating, media, verified, incentivized, locale, country, q } = query;
  const conditions: (SQL | undefined)[] = [
    rating && inArray(reviews.rating, rating),
    media === undefined
      ? undefined
      : media
        ? sql`${reviews.mediaCount} > 0`
        : sql`${reviews.mediaCount} = 0`,
    verified === undefined ? undefined : eq(reviews.verified, verified),
    incentivized === undefined ? undefined : eq(reviews.incentivized, incentivized),
    locale === undefined ? undefined : isInLanguage(locale),
    country === undefined ? undefined : eq(reviews.country, country),
    q === undefined ? undefined : sql`${reviews.search} @@ websearch_to_tsquery('simple', ${q})`,
  ];
  return conditions.filter((condition) => condition !== undefined);
}

/** `de` finds `de` and `de-AT`, in any case; `_` and `%` cannot be in a language tag. */
function isInLanguage(locale: string): SQL | undefined {
  const tag = locale.toLowerCase();
  const column = sql`lower(${reviews.locale})`;
  return or(sql`${column} = ${tag}`, sql`${column} like ${`${tag}-%`}`);
}
