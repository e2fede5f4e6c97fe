/**
 * The query of the list calls: read with one strict reader on both sides, written in one canonical
 * form, so that every spelling of a question is one cache entry.
 */

import type { QuestionQuery } from './question.ts';
import { RATINGS_IDS_MAX } from './ratings-call.ts';
import type { Rating } from './review.ts';

/** How a list can be ordered; ties are always broken the same way, so pages never overlap. */
export const REVIEW_SORTS = [
  'relevant',
  'newest',
  'oldest',
  'highest',
  'lowest',
  'helpful',
  'media',
] as const;
/** The orders that a list can be asked for in. */
export type ReviewSort = (typeof REVIEW_SORTS)[number];

/** Most reviews one call may ask for. */
export const REVIEW_LIMIT_MAX = 100;
/** How many it answers when it does not say. */
export const REVIEW_LIMIT_DEFAULT = 10;
/** Longest search text, in UTF-16 units. */
export const SEARCH_TEXT_MAX_LENGTH = 100;
/** Longest topic, and longest value of an answer one can filter by, in UTF-16 units. */
export const FACET_TEXT_MAX_LENGTH = 100;
/** Longest product id (the shop's own), in UTF-16 units. */
export const PRODUCT_ID_MAX_LENGTH = 255;

/** A list call's question. Every part is optional; absent means "do not care". */
export interface ReviewQuery {
  sort?: ReviewSort;
  /** Only these star counts. */
  rating?: Rating[];
  /** Only with (or without) photos or videos. */
  media?: boolean;
  verified?: boolean;
  incentivized?: boolean;
  /** BCP 47, e.g. `de` or `pt-BR`; `de` finds `de-AT` too. */
  locale?: string;
  /** ISO 3166-1 alpha-2, upper case. */
  country?: string;
  /** Words that stand side by side, such as a topic that `ReviewFacets` names. */
  topic?: string;
  /** `question:value`: only where a question of the shop's own was answered so. */
  answer?: string;
  /** Full-text search. */
  q?: string;
  /** Opaque: only ever a `next` that an answer gave. */
  cursor?: string;
  /** 1 to 100. */
  limit?: number;
}

/** The parameters of a list call, in canonical (alphabetical) order; all others are dropped. */
export const REVIEW_PARAMETERS = [
  'answer',
  'country',
  'cursor',
  'incentivized',
  'limit',
  'locale',
  'media',
  'q',
  'rating',
  'sort',
  'topic',
  'verified',
] as const;

/** The parameters of the question list call. */
export const QUESTION_PARAMETERS = ['cursor', 'limit'] as const;

/** Either the value, or which parameter was wrong and why. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; parameter: string; detail: string };

interface Reader {
  read: (text: string) => unknown;
  expects: string;
}

const FLAGS = new Map([
  ['true', true],
  ['false', false],
]);

/** Text in one spelling: its blanks are single. */
function readText(text: string, maxLength: number): string | undefined {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  const fits = trimmed !== '' && trimmed.length <= maxLength;
  return fits && !trimmed.includes('\0') ? trimmed : undefined;
}

/** One reader per parameter; kept apart from the names, because those who only write need no reader. */
const readers: Record<keyof ReviewQuery, Reader> = {
  answer: {
    read: (text) => {
      const [, question = '', value = ''] = /^([\w-]{1,40}):(.*)$/s.exec(text) ?? [];
      const wanted = readText(value, FACET_TEXT_MAX_LENGTH);
      return wanted === undefined ? undefined : `${question}:${wanted}`;
    },
    expects: "a question's id, a colon, and one of its answers",
  },
  country: {
    read: (text) => (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : undefined),
    expects: 'a two-letter country code (ISO 3166-1)',
  },
  cursor: {
    read: (text) => (/^[\w-]{1,512}$/.test(text) ? text : undefined),
    expects: 'the value of `next` from an earlier answer',
  },
  incentivized: { read: (text) => FLAGS.get(text), expects: 'true or false' },
  limit: {
    read: (text) => {
      const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
      return limit >= 1 && limit <= REVIEW_LIMIT_MAX ? limit : undefined;
    },
    expects: `a whole number from 1 to ${REVIEW_LIMIT_MAX}`,
  },
  locale: {
    read: (text) => (/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(text) ? text : undefined),
    expects: 'a language tag such as de or pt-BR (BCP 47)',
  },
  media: { read: (text) => FLAGS.get(text), expects: 'true or false' },
  q: {
    read: (text) => readText(text, SEARCH_TEXT_MAX_LENGTH),
    expects: `a search text of 1 to ${SEARCH_TEXT_MAX_LENGTH} characters`,
  },
  rating: {
    read: (text) =>
      /^[1-5](,[1-5])*$/.test(text)
        ? [...new Set(text.split(',').map(Number))].toSorted((a, b) => a - b)
        : undefined,
    expects: 'whole stars from 1 to 5, several separated by commas',
  },
  sort: {
    read: (text) => REVIEW_SORTS.find((sort) => sort === text),
    expects: `one of ${REVIEW_SORTS.join(', ')}`,
  },
  topic: {
    read: (text) => readText(text, FACET_TEXT_MAX_LENGTH)?.toLowerCase(),
    expects: `a topic of 1 to ${FACET_TEXT_MAX_LENGTH} characters`,
  },
  verified: { read: (text) => FLAGS.get(text), expects: 'true or false' },
} satisfies Record<(typeof REVIEW_PARAMETERS)[number], Reader>;

/** Reads a list call's question. A repeated parameter is refused: readers disagree on which one counts. */
export function parseReviewQuery(search: URLSearchParams): Parsed<ReviewQuery> {
  return parseParameters(REVIEW_PARAMETERS, search);
}

/** The same for the list of questions. */
export function parseQuestionQuery(search: URLSearchParams): Parsed<QuestionQuery> {
  return parseParameters(QUESTION_PARAMETERS, search);
}

function parseParameters(
  parameters: readonly (keyof ReviewQuery)[],
  search: URLSearchParams,
): Parsed<ReviewQuery> {
  const query: Record<string, unknown> = {};
  for (const parameter of parameters) {
    const texts = search.getAll(parameter);
    if (texts.length === 0) continue;
    const { read, expects } = readers[parameter];
    const value = texts.length === 1 ? read(texts[0] ?? '') : undefined;
    if (value === undefined) {
      return { ok: false, parameter, detail: `"${parameter}" must be ${expects}, given once.` };
    }
    query[parameter] = value;
  }
  return { ok: true, value: query };
}

/**
 * Writes a question canonically: parameters in order; defaults and empty lists left out. Starts with
 * `?`, or is empty.
 */
export function toReviewSearch(query: ReviewQuery): string {
  const defaults: Record<string, unknown> = { sort: 'relevant', limit: REVIEW_LIMIT_DEFAULT };
  const pairs = Object.entries(query)
    .filter(([parameter, value]) => String(value ?? '') && value !== defaults[parameter])
    .map(([parameter, value]) => `${parameter}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? '' : `?${pairs.toSorted().join('&')}`;
}

/** The same for the list of questions. */
export const toQuestionSearch = (query: QuestionQuery): string => toReviewSearch(query);

/** Reads `?ids=a,b,c` of the ratings call: sorted, without repeats. */
export function parseRatingIds(search: URLSearchParams): Parsed<string[]> {
  const parameter = 'ids';
  const texts = search.getAll(parameter);
  const text = texts[0] ?? '';
  const ids = ascending(text.split(','));
  const fits =
    ids.length <= RATINGS_IDS_MAX && ids.every((id) => id.length <= PRODUCT_ID_MAX_LENGTH);
  return texts.length === 1 && ids.length > 0 && fits && !text.includes('\0')
    ? { ok: true, value: ids }
    : {
        ok: false,
        parameter,
        detail: `"ids" must name 1 to ${RATINGS_IDS_MAX} product ids, separated by commas, each of at most ${PRODUCT_ID_MAX_LENGTH} characters, given once.`,
      };
}

/** Sorted, without repeats and empty ones; most clients send them so, which is seen at once. */
function ascending(ids: string[]): string[] {
  const isAscending = ids.every((id, at) => id > (ids[at - 1] ?? ''));
  return isAscending ? ids : [...new Set(ids)].filter((id) => id !== '').toSorted();
}
