/** Reads every review of a shop, for exports: a page at a time, so that memory does not grow. */
import type {
  Incentive,
  Media,
  Rating,
  Reply,
  ReviewAnswer,
  ReviewStatus,
  Translation,
} from '@plaudit/contract';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { reviewImportId } from '../../db/exchange-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { products, reviews } from '../../db/schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import type { Context } from '../context.ts';
import { SITE_NAME, SITE_PRODUCT } from '../products/site.ts';
import { openAddress } from '../keys/sealed.ts';

/** A review with all that belongs to it. Only for the merchant: it holds the reviewer's address. */
export interface FullReview {
  /** The id that leaves the origin. */
  id: string;
  /** The shop's own id; `SITE_NAME` where the shop itself is reviewed. */
  productId: string;
  productTitle: string | null;
  productUrl: string | null;
  productImageUrl: string | null;
  rating: Rating;
  title: string | null;
  body: string | null;
  author: string | null;
  /** Null as well where addresses were not asked for. */
  email: string | null;
  createdAt: Date;
  verified: boolean;
  incentivized: boolean;
  incentive: Incentive | null;
  /** To the shop's own questions, and which variant it is of. */
  answers: ReviewAnswer[];
  locale: string | null;
  country: string | null;
  status: ReviewStatus;
  reply: Reply | null;
  translation: Translation | null;
  helpfulUp: number;
  helpfulDown: number;
  media: Media[];
}

const PAGE_ROWS = 1000;

/**
 * Streams a shop's reviews in a fixed order, each of them once, however long it takes. A review
 * that comes or changes meanwhile may be in it or not.
 */
export async function* readAllReviews(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  statuses: readonly ReviewStatus[],
  hasEmails: boolean,
): AsyncGenerator<FullReview> {
  let place = { importId: 0, id: 0 };
  for (;;) {
    const rows = await readPage(db, shopId, statuses, place);
    const newest = Math.max(...rows.map(({ review }) => review.keyVersion));
    const keys = hasEmails ? await vault.keysOf(shopId, newest) : undefined;
    for (const { review, product } of rows) yield toFullReview(review, product, keys);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    place = { importId: last.importId, id: last.review.id };
  }
}

function readPage(
  db: Database,
  shopId: number,
  statuses: readonly ReviewStatus[],
  { importId, id }: { importId: number; id: number },
) {
  return inShop(db, shopId, async (tx) =>
    tx
      .select({
        review: reviews,
        product: products,
        importId: reviewImportId.mapWith(Number),
      })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(
        and(
          eq(reviews.shopId, shopId),
          inArray(reviews.status, [...statuses]),
          sql`(${reviewImportId}, ${reviews.id}) > (${importId}::bigint, ${id}::bigint)`,
        ),
      )
      // The order of an index, so that the last page costs what the first does.
      .orderBy(reviewImportId, reviews.id)
      .limit(PAGE_ROWS),
  );
}

/** Rows as the merchant may see them; addresses with the keys to open them alone. */
export function toFullReview(
  row: typeof reviews.$inferSelect,
  product: typeof products.$inferSelect,
  keys: ShopKeys | undefined,
): FullReview {
  return {
    id: row.publicId,
    productId: product.externalId === SITE_PRODUCT ? SITE_NAME : product.externalId,
    productTitle: product.title,
    productUrl: product.url,
    productImageUrl: product.imageUrl,
    rating: row.rating as Rating,
    title: row.title,
    body: row.body,
    author: row.author,
    email: keys ? openAddress(keys, { column: 'reviews.email', row: row.publicId }, row) : null,
    createdAt: row.createdAt,
    verified: row.verified,
    incentivized: row.incentivized,
    incentive: row.incentive,
    answers: row.answers ?? [],
    locale: row.locale,
    country: row.country,
    status: row.status,
    reply: row.reply,
    translation: row.translation,
    helpfulUp: row.votesUp,
    helpfulDown: row.votesDown,
    media: row.media ?? [],
  };
}
