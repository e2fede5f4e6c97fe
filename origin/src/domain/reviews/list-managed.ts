/** Reads the reviews of a shop as the merchant works on them: of every status, newest first. */
import type { Rating, ReviewStatus } from '@plaudit/contract';
import { and, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { products, reviews } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { readPlace, writePlace, type Place } from '../place.ts';
import { matches } from './matches.ts';
import { toManagedReview, type ManagedReview } from './to-managed-review.ts';

/** Which reviews, and how many at once. */
export interface ManagedReviewQuery {
  status?: readonly ReviewStatus[];
  /** The shop's own id of a product. */
  product?: string;
  rating?: readonly Rating[];
  /** Words of title or text. */
  q?: string;
  /** Written then or later. */
  since?: Date;
  /** Written before that. */
  until?: Date;
  /** `next` of an earlier page of the same list. */
  cursor?: string;
  limit: number;
}

/** A page of them. */
export interface ManagedReviewPage {
  reviews: ManagedReview[];
  next?: string;
}

const STATUSES: readonly ReviewStatus[] = ['pending', 'published', 'rejected', 'archived'];

/**
 * A page of a shop's reviews.
 * @throws InvalidCursorError
 * @throws KeysUnavailableError where addresses are asked for
 */
export async function listManagedReviews(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  query: ManagedReviewQuery,
  { withEmails }: { withEmails: boolean },
): Promise<ManagedReviewPage> {
  const { cursor, limit, ...filters } = query;
  const list = `managed ${shopId} ${JSON.stringify(filters)}`;
  const place = cursor === undefined ? undefined : readPlace(list, cursor);
  const rows = await inShop(db, shopId, (tx) => readRows(tx, shopId, query, place));
  const shown = rows.slice(0, limit);
  const newest = Math.max(0, ...shown.map(({ review }) => review.keyVersion));
  const keys = withEmails ? await vault.keysOf(shopId, newest) : undefined;
  const last = shown.at(-1)?.review;
  return {
    reviews: shown.map(({ review, externalId }) => toManagedReview(review, externalId, keys)),
    ...(rows.length > limit && last ? { next: writePlace(list, { first: 0, ...last }) } : {}),
  };
}

type Found = { review: typeof reviews.$inferSelect; externalId: string };

/** Each status has an index of its own in the order of time; their first rows are merged here. */
async function readRows(
  tx: Database,
  shopId: number,
  query: ManagedReviewQuery,
  place: Place | undefined,
): Promise<Found[]> {
  const conditions = await toConditions(tx, shopId, query, place);
  if (!conditions) return [];
  const rows: Found[] = [];
  for (const status of query.status ?? STATUSES) {
    const found = await tx
      .select({ review: reviews, externalId: products.externalId })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(and(eq(reviews.shopId, shopId), eq(reviews.status, status), ...conditions))
      .orderBy(sql`${reviews.createdAt} desc`, sql`${reviews.id} desc`)
      // One more than asked for tells whether there is a next page.
      .limit(query.limit + 1);
    rows.push(...found);
  }
  return rows.toSorted(
    (a, b) =>
      b.review.createdAt.getTime() - a.review.createdAt.getTime() || b.review.id - a.review.id,
  );
}

/** Undefined where no review can meet them. */
async function toConditions(
  tx: Database,
  shopId: number,
  { product, rating, q, since, until }: ManagedReviewQuery,
  place: Place | undefined,
): Promise<(SQL | undefined)[] | undefined> {
  const conditions = [
    rating && inArray(reviews.rating, [...rating]),
    since && gte(reviews.createdAt, since),
    until && lt(reviews.createdAt, until),
    place &&
      sql`(${reviews.createdAt}, ${reviews.id}) < (${place.createdAt.toISOString()}::timestamptz, ${place.id}::bigint)`,
  ];
  if (product !== undefined) {
    const [found] = await tx
      .select({ id: products.id })
      .from(products)
      .where(and(eq(products.shopId, shopId), eq(products.externalId, product)));
    if (!found) return undefined;
    conditions.push(eq(reviews.productId, found.id));
  }
  if (q !== undefined) {
    const isWholeShop = product === undefined;
    conditions.push(await matches(tx, q, { isWholeShop }));
  }
  return conditions;
}
