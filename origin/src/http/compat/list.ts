/** A page of an old client's list of reviews. */
import type { Rating, RatingSummary } from '@plaudit/contract';
import type { Context } from '../../domain/context.ts';
import type { NumberedProduct } from '../../domain/ratings/find-numbered.ts';
import type { Filtering } from '../../domain/reviews/filters.ts';
import { listNumberedMatches } from '../../domain/reviews/list-numbered-matches.ts';
import { listNumberedReviews, type NumberedQuery } from '../../domain/reviews/list-numbered.ts';
import type { NumberedReview } from '../../domain/reviews/numbered.ts';
import type { Shop } from '../../domain/shops/find.ts';
import { readSubject, type Subject } from './subject.ts';

/** A page of a list, and what it is a page of. */
export interface List {
  shop: Shop;
  subject: Subject;
  /** Of the whole list, after its filters. */
  total: number;
  reviews: NumberedReview[];
}

/** What is asked for. */
export interface ListQuery extends Omit<NumberedQuery, 'listNumber' | 'total'> {
  /** Stands for `rating` where both are there. */
  filtering?: Filtering;
}

/** Reads a page of a subject's reviews; of an unknown product there are none. */
export async function readList(
  tx: Context['db'],
  shop: Shop,
  productId: string,
  { filtering = {}, ...query }: ListQuery,
): Promise<List> {
  const subject = await readSubject(tx, shop.id, productId);
  const { product, listNumber, isSite, summary } = subject;
  const rating = ratingOf(filtering) ?? query.rating;
  const total = countOf(summary, rating);
  if (!product && !isSite) return { shop, subject, total, reviews: [] };
  const scope = {
    listNumber,
    sort: isSite ? siteSort(query.sort) : query.sort,
  };
  if (rating === undefined && Object.keys(filtering).length > 0) {
    const wanted = { ...query, ...scope, filtering, size: summary.count };
    return { shop, subject, ...(await listNumberedMatches(tx, shop.id, wanted)) };
  }
  // Filters other than for stars leave an unknown number of reviews.
  const isWhole = query.afterNumber === undefined && query.since === undefined;
  const reviews = await listNumberedReviews(tx, shop.id, {
    ...query,
    ...scope,
    rating,
    total: isWhole ? total : undefined,
  });
  return { shop, subject, total, reviews };
}

/** The stars that are asked for where nothing else is: their number is known, and they have an index. */
const ratingOf = ({ rating, ...others }: Filtering): Rating | undefined =>
  rating?.length === 1 && Object.keys(others).length === 0 ? rating[0] : undefined;

/** A shop's reviews have no index for other orders. */
const siteSort = (sort: NumberedQuery['sort']) =>
  sort === 'oldest' || sort === 'relevant' ? sort : 'newest';

const countOf = ({ count, histogram }: RatingSummary, rating: Rating | undefined): number =>
  rating === undefined ? count : histogram[(rating - 1) as 0];

/** The subject, and each product that a review on this page is of: every review finds its product. */
export function productsOf({ subject, reviews }: List): NumberedProduct[] {
  const named = [subject.product ?? [], reviews.map(({ product }) => product)].flat();
  return [...new Map(named.map((product) => [product.number, product])).values()];
}
