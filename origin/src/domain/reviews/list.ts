/** Reads published reviews, a page at a time, with the summary that stands beside them. */
import {
  REVIEW_LIMIT_DEFAULT,
  toReviewSearch,
  type RatingSummary,
  type Review,
  type ReviewFacets,
  type ReviewPage,
  type ReviewQuery,
} from '@plaudit/contract';
import { and, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { reviewAnswers } from '../../db/answers-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { products, ratingSummaries, reviews, shopSummaries } from '../../db/schema.ts';
import { WHOLE_SHOP } from '../facets/adjust.ts';
import { readFacets } from '../facets/read.ts';
import { toRatingSummary } from '../ratings/star-counts.ts';
import { matches } from './matches.ts';
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
    .leftJoin(ratingSummaries, eq(ratingSummaries.productId, products.id))
    .where(and(eq(products.shopId, shopId), eq(products.externalId, externalId)))
    .limit(1);
  // A condition that no row meets still has a wrong cursor refused.
  const productId = found?.products.id ?? UNKNOWN_PRODUCT;
  const scope = { condition: eq(reviews.productId, productId), name: `${shopId}/${externalId}` };
  const page = await readPage(tx, scope, query);
  const facets = await facetsFor(tx, shopId, productId, query);
  return toReviewPage(toRatingSummary(found?.rating_summaries), facets, page);
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
  const scope = { condition: eq(reviews.shopId, shopId), name: `${shopId}`, isWholeShop: true };
  return inShop(db, shopId, async (tx) => {
    const page = await readPage(tx, scope, query);
    const [summary] = await tx.select().from(shopSummaries).where(eq(shopSummaries.shopId, shopId));
    const facets = await facetsFor(tx, shopId, WHOLE_SHOP, query);
    return toReviewPage(toRatingSummary(summary), facets, page);
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

/** No product has it. */
const UNKNOWN_PRODUCT = -1;

/** They are the same on every page, so later ones do without. */
const facetsFor = async (
  tx: Database,
  shopId: number,
  productId: number,
  { cursor }: ReviewQuery,
): Promise<ReviewFacets | undefined> =>
  cursor === undefined ? readFacets(tx, shopId, productId) : undefined;

/** Whose reviews are read. */
interface Scope {
  condition: SQL;
  name: string;
  /** Too many to look at each of them. */
  isWholeShop?: boolean;
}

async function readPage(db: Database, scope: Scope, query: ReviewQuery): Promise<Page> {
  const { sort = 'relevant', limit = REVIEW_LIMIT_DEFAULT, cursor, ...filtering } = query;
  const list = { sort, scope: `${scope.name}${toReviewSearch(filtering)}` };
  const conditions = [scope.condition, sql`${reviews.status} = 'published'`, ...filters(filtering)];
  if (query.q !== undefined) conditions.push(await matches(db, query.q, scope));
  if (query.topic !== undefined) conditions.push(await matches(db, quoted(query.topic), scope));
  if (cursor !== undefined) conditions.push(afterCursor(list, cursor));
  const rows = await db
    .select({ review: reviews, product: products })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(and(...conditions))
    .orderBy(...orderBy(sort))
    // One more than asked for tells whether there is a next page.
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1)?.review;
  return {
    reviews: shown.map(({ review, product }) => ({
      ...toReview(review, product.externalId),
      ...(scope.isWholeShop && nameOf(product)),
    })),
    ...(rows.length > limit && last ? { next: toCursor(list, last) } : {}),
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

function filters(query: ReviewQuery): SQL[] {
  const { rating, media, verified, incentivized, locale, country, answer } = query;
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
    answer === undefined ? undefined : isAnswered(answer),
  ];
  return conditions.filter((condition) => condition !== undefined);
}

/** `question:value`; the question's id holds no colon. */
function isAnswered(answer: string): SQL {
  const colon = answer.indexOf(':');
  const [question, value] = [answer.slice(0, colon), answer.slice(colon + 1)];
  return sql`exists (select 1 from ${reviewAnswers} where ${reviewAnswers.reviewId} = ${reviews.id}
    and ${reviewAnswers.question} = ${question} and ${reviewAnswers.value} = ${value})`;
}

/** A phrase: these words side by side. */
const quoted = (text: string): string => `"${text.replaceAll('"', ' ')}"`;

/** `de` finds `de` and `de-AT`, in any case; `_` and `%` cannot be in a language tag. */
function isInLanguage(locale: string): SQL | undefined {
  const tag = locale.toLowerCase();
  const column = sql`lower(${reviews.locale})`;
  return or(sql`${column} = ${tag}`, sql`${column} like ${`${tag}-%`}`);
}
