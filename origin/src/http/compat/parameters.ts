/**
 * What Yotpo's clients send. They expect an answer whatever they ask for, so what is unknown or not
 * valid counts as not sent.
 */
import {
  parseReviewQuery,
  PRODUCT_ID_MAX_LENGTH,
  SITE_PRODUCT_ID,
  type Rating,
} from '@plaudit/contract';
import type { Filtering } from '../../domain/reviews/filters.ts';
import type { NumberedSort } from '../../domain/reviews/list-numbered.ts';

/** A part of a list, by number. */
export interface PageParameters {
  /** From 1. */
  page: number;
  size: number;
  offset: number;
}

const PAGE_MAX = 999_999;

/** Reads `page` and the parameter that holds the page's size, cut to `most`. */
export function readPage(
  search: URLSearchParams,
  { name, usual, most }: { name: string; usual: number; most: number },
): PageParameters {
  const page = wholeNumber(search.get('page'), PAGE_MAX) || 1;
  const size = Math.min(wholeNumber(search.get(name), PAGE_MAX) || usual, most);
  return { page, size, offset: (page - 1) * size };
}

/** Reads `star`. */
export function readStar(search: URLSearchParams): Rating | undefined {
  return (wholeNumber(search.get('star'), 5) || undefined) as Rating | undefined;
}

/** Reads `since_id` and `since_date`. */
export function readSince(search: URLSearchParams): {
  afterNumber: number | undefined;
  since: Date | undefined;
} {
  const text = search.get('since_date') ?? '';
  const since = new Date(/^(?!0000)\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?$/.test(text) ? text : NaN);
  return {
    afterNumber: wholeNumber(search.get('since_id'), Number.MAX_SAFE_INTEGER),
    since: Number.isNaN(since.getTime()) ? undefined : since,
  };
}

/** Reads what a list is narrowed down by, with the names of v1 and of v3. */
export function readFiltering(search: URLSearchParams): Filtering {
  const told = {
    rating: search.getAll('scores').join(','),
    // False is how a filter is sent that is not set.
    media: search.get('pictured') === 'true' ? 'true' : '',
    q: search.get('free_text_search') ?? search.get('freeTextSearch') ?? '',
    topic: search.get('topic_names') ?? search.get('topicNames') ?? '',
  };
  const valid = Object.entries(told).flatMap(([name, text]) => {
    const parsed = parseReviewQuery(new URLSearchParams({ [name]: text }));
    return parsed.ok ? [parsed.value] : [];
  });
  return Object.assign({}, ...valid);
}

/** Words of `sort` that name an order, with that of `direction=asc` where it differs. */
const V1_SORTS: Record<string, { desc: NumberedSort; asc: NumberedSort }> = {
  date: { desc: 'newest', asc: 'oldest' },
  time: { desc: 'newest', asc: 'oldest' },
  rating: { desc: 'highest', asc: 'lowest' },
  score: { desc: 'highest', asc: 'lowest' },
  votes_up: { desc: 'helpful', asc: 'unhelpful' },
};
const V3_SORTS: Record<string, NumberedSort> = {
  date: 'newest',
  images: 'media',
  rating: 'highest',
  smart: 'relevant',
  smart_optimistic: 'relevant',
};

/** Reads `sort`, `sort[]` and `direction`: the first order that we have decides, newest without one. */
export function readV1Sort(search: URLSearchParams): NumberedSort {
  const direction = search.get('direction') === 'asc' ? 'asc' : 'desc';
  return (
    firstOf(V1_SORTS, [...search.getAll('sort'), ...search.getAll('sort[]')])?.[direction] ??
    'newest'
  );
}

/** The same of v3, which sends one list and no direction. */
export const readV3Sort = (search: URLSearchParams): NumberedSort =>
  firstOf(V3_SORTS, search.getAll('sort')) ?? 'newest';

/** Whether a shop can have such a product; what the database cannot hold is in none. */
export const isProductId = (id: string): boolean =>
  id.length > 0 &&
  id.length <= PRODUCT_ID_MAX_LENGTH &&
  id !== SITE_PRODUCT_ID &&
  !id.includes('\0') &&
  id.isWellFormed();

function firstOf<T>(table: Record<string, T>, lists: readonly string[]): T | undefined {
  const word = lists.flatMap((list) => list.split(',')).find((word) => Object.hasOwn(table, word));
  return word === undefined ? undefined : table[word];
}

function wholeNumber(text: string | null, most: number): number | undefined {
  if (text === null || !/^\d{1,16}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= most ? number : undefined;
}
