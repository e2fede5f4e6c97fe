/** A list call answered from memory, by the rules of the real one. */

import {
  REVIEW_LIMIT_DEFAULT,
  toReviewSearch,
  toStatistics,
  type Histogram,
  type RatingStatistics,
  type Review,
  type ReviewPage,
  type ReviewQuery,
  type ReviewSort,
} from '@plaudit/contract';
import { digestOf } from './digest.ts';
import { listFacets } from './list-facets.ts';

type Compare = (a: Review, b: Review) => number;

const byOldest: Compare = (a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt);
const byNewest: Compare = (a, b) => byOldest(b, a);
const byMost =
  (amountOf: (review: Review) => number): Compare =>
  (a, b) =>
    amountOf(b) - amountOf(a) || byNewest(a, b);

/** Ties keep the order of the data. The real `relevant` weighs texts, photos and votes. */
const ORDERS: Record<ReviewSort, Compare> = {
  relevant: () => 0,
  newest: byNewest,
  oldest: byOldest,
  highest: byMost(({ rating }) => rating),
  lowest: byMost(({ rating }) => -rating),
  helpful: byMost(({ helpful }) => helpful.up - helpful.down),
  media: byMost(({ media }) => media?.length ?? 0),
};

/**
 * A page of these reviews. The summary counts all of them, whatever the question filters.
 *
 * @param list its name, so that a cursor leads on in it and in no other, and the phrases that are its topics
 * @returns undefined where the question's cursor is not one of this list's
 */
export function listReviews(
  reviews: readonly Review[],
  { name, phrases }: { name: string; phrases: readonly string[] },
  query: ReviewQuery,
): ReviewPage | undefined {
  const { sort = 'relevant', limit = REVIEW_LIMIT_DEFAULT, cursor, ...filtering } = query;
  const list = `${name} ${sort} ${toReviewSearch(filtering)}`;
  const found = reviews.filter(createFilter(filtering)).toSorted(ORDERS[sort]);
  const start = cursor === undefined ? 0 : placeAfter(found, list, cursor);
  if (start === undefined) return undefined;
  const page = found.slice(start, start + limit);
  const last = page.at(-1);
  const facets = cursor === undefined ? listFacets(reviews, phrases) : undefined;
  return {
    summary: { ...countStars(reviews), organic: countStars(reviews.filter(isOrganic)) },
    ...(facets && { facets }),
    reviews: page,
    ...(last && start + limit < found.length && { next: toCursor(list, last) }),
  };
}

/** Count, average and histogram of these reviews. */
export function countStars(reviews: readonly Review[]): RatingStatistics {
  const histogram: Histogram = [0, 0, 0, 0, 0];
  for (const { rating } of reviews) histogram[rating - 1] = (histogram[rating - 1] ?? 0) + 1;
  return toStatistics(histogram);
}

const isOrganic = ({ incentivized }: Review): boolean => !incentivized;

function createFilter(query: ReviewQuery): (review: Review) => boolean {
  const { rating, media, verified, incentivized, locale, country, topic, answer, q } = query;
  const conditions: ((review: Review) => boolean)[] = [];
  if (rating) conditions.push((review) => rating.includes(review.rating));
  if (media !== undefined) conditions.push((review) => Boolean(review.media?.length) === media);
  if (verified !== undefined) conditions.push((review) => review.verified === verified);
  if (incentivized !== undefined) {
    conditions.push((review) => review.incentivized === incentivized);
  }
  if (locale) conditions.push((review) => isInLanguage(review.locale, locale));
  if (country) conditions.push((review) => review.country === country);
  if (topic) conditions.push((review) => holds(review, topic));
  if (answer) conditions.push((review) => hasAnswer(review, answer));
  if (q) conditions.push((review) => holds(review, q));
  return (review) => conditions.every((condition) => condition(review));
}

/** `de` finds `de` and `de-AT`, in any case. */
function isInLanguage(tag: string | undefined, asked: string): boolean {
  return `${tag ?? ''}-`.toLowerCase().startsWith(`${asked.toLowerCase()}-`);
}

/** `question:value`; of several options, the value is one. */
const hasAnswer = ({ answers = [] }: Review, asked: string): boolean =>
  answers
    .flatMap(({ question, value }) => [value].flat().map((part) => `${question}:${part}`))
    .includes(asked);

const toWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Every word stands in the title or the text; the last may be the beginning of one. */
function holds({ title = '', body = '' }: Review, q: string): boolean {
  const words = toWords(`${title} ${body}`);
  const asked = toWords(q);
  return (
    asked.length > 0 &&
    asked.every((word, index) =>
      words.some((other) => (index === asked.length - 1 ? other.startsWith(word) : other === word)),
    )
  );
}

/** Short, whatever the question and the id: a cursor has at most 512 characters. */
const toCursor = (list: string, { productId, id }: Review): string =>
  digestOf(list) + digestOf(`${productId} ${id}`);

function placeAfter(found: readonly Review[], list: string, cursor: string): number | undefined {
  const index = found.findIndex((review) => toCursor(list, review) === cursor);
  return index === -1 ? undefined : index + 1;
}
