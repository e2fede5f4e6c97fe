/** A page of an old client's list of reviews. */
import type { Rating, RatingSummary } from '@plaudit/contract';
import type { Context } from '../../domain/context.ts';
import type { NumberedProduct } from '../../domain/ratings/find-numbered.ts';
import { listNumberedReviews, type NumberedQuery } from '../../domain/reviews/list-numbered.ts';
import type { NumberedReview } from '../../domain/reviews/numbered.ts';
import type { Shop } from '../../domain/shops/find.ts';
import { readSubject, type Subject } from './subject.ts';

/** A page of a list, and what it is a page of. */
export interface List {
  shop: Shop;
  subject: Subject;
  /** Of the whole list, after its filter for stars. */
  total: number;
  reviews: NumberedReview[];
}

/** Reads a page of a subject's reviews; of an unknown product there are none. */
export async function readList(
  tx: Context['db'],
  shop: Shop,
  productId: string,
  query: Omit<NumberedQuery, 'productNumber' | 'total'>,
): Promise<List> {
  const subject = await readSubject(tx, shop.id, productId);
  const { product, isSite, summary } = subject;
  const total = countOf(summary, query.rating);
  if (!product && !isSite) return { shop, subject, total, reviews: [] };
  // Filters other than for stars leave an unknown number of reviews.
  const isWhole = query.afterNumber === undefined && query.since === undefined;
  const reviews = await listNumberedReviews(tx, shop.id, {
    ...query,
    productNumber: product?.number,
    sort: isSite ? siteSort(query.sort) : query.sort,
    total: isWhole ? total : undefined,
  });
  return { shop, subject, total, reviews };
}

/** A shop's reviews have no index for other orders. */
const siteSort = (sort: NumberedQuery['sort']) =>
  sort === 'oldest' || sort === 'relevant' ? sort : 'newest';

const countOf = ({ count, histogram }: RatingSummary, rating: Rating | undefined): number =>
  rating === undefined ? count : histogram[(rating - 1) as 0];

/** The subject, or each product that a review on this page is of: every review finds its product. */
export function productsOf({ subject, reviews }: List): NumberedProduct[] {
  if (subject.product) return [subject.product];
  return [...new Map(reviews.map(({ product }) => [product.number, product])).values()];
}
