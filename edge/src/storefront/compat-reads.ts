/**
 * The reads of Yotpo's public API that deployed themes and apps make. Their clients send all sorts of
 * parameters and expect an answer, so what is unknown or not valid is left out here, not refused:
 * what remains is the key, and only so many keys can be made up.
 */

type Pattern = RegExp;

const PAGE: Pattern = /^\d{1,6}$/;
const SIZE: Pattern = /^\d{1,3}$/;
const ID: Pattern = /^\d{1,15}$/;
const STAR: Pattern = /^[1-5]$/;
const WORDS: Pattern = /^[a-z_]{1,32}(?:,[a-z_]{1,32}){0,7}$/;
const DATE: Pattern = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]{5,12}Z?)?$/;
const LANGUAGE: Pattern = /^[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?$/;
const DOMAIN_KEY: Pattern = /^[^\0]{1,255}$/;
const TEXT: Pattern = /^[^\0]{1,100}$/;
const TRUE: Pattern = /^true$/;

export interface CompatRead {
  /** As a router matches it; the key is written from the same parts. */
  readonly pattern: string;
  /** Clients send the parameters by POST, as JSON: all of them, or those who want more than GET has. */
  readonly isPosted?: true;
  readonly parameters: Readonly<Record<string, Pattern>>;
  /** Parameters whose values come as a list, and how long it may be. */
  readonly lists?: Readonly<Record<string, number>>;
}

const SORTING = { sort: WORDS, 'sort[]': WORDS, direction: /^(?:asc|desc)$/ };
const SORT_LISTS = { sort: 8, 'sort[]': 8 };
const COUNTED = { page: PAGE, count: SIZE };
const SINCE = { since_id: ID, since_date: DATE };
const FILTER = { scores: STAR, pictured: TRUE };
const FILTER_LISTS = { scores: 5 };
const V3_PAGE = { page: PAGE, perPage: SIZE };
const IMAGES = '/v1/widget/:appKey/images';

/** In the order in which a router must try them. */
export const COMPAT_READS: readonly CompatRead[] = [
  { pattern: '/products/:appKey/:productId/bottomline', parameters: {} },
  { pattern: '/products/:appKey/:productId/reviews', parameters: { ...COUNTED, ...SINCE } },
  { pattern: '/products/:appKey/:productId/questions', parameters: COUNTED },
  { pattern: '/products/:appKey/:productId/qna_bottomline', parameters: {} },
  {
    pattern: '/v1/widget/:appKey/products/products_information',
    parameters: { 'domain_keys[]': DOMAIN_KEY },
    lists: { 'domain_keys[]': 100 },
  },
  {
    pattern: '/v1/widget/:appKey/products/:productId/reviews.json',
    parameters: { ...SORTING, page: PAGE, per_page: SIZE, star: STAR },
    lists: SORT_LISTS,
  },
  {
    pattern: '/v1/widget/:appKey/products/:productId/questions',
    parameters: { page: PAGE, per_page: SIZE },
  },
  {
    pattern: '/v1/reviews/:appKey/filter.json',
    isPosted: true,
    parameters: {
      ...FILTER,
      direction: SORTING.direction,
      domain_key: DOMAIN_KEY,
      free_text_search: TEXT,
      page: PAGE,
      per_page: SIZE,
      sort: WORDS,
      topic_names: TEXT,
    },
    lists: { ...FILTER_LISTS, sort: 8 },
  },
  { pattern: `${IMAGES}/show/:imageId{[0-9]+}`, parameters: {} },
  { pattern: `${IMAGES}/:imageId{[0-9]+}`, parameters: {} },
  {
    pattern: `${IMAGES}/list`,
    isPosted: true,
    parameters: { ids: ID },
    lists: { ids: 100 },
  },
  {
    pattern: '/v1/widget/:appKey/albums/product/:productId',
    parameters: { page: PAGE, per_page: SIZE },
  },
  {
    pattern: '/v1/widget/:appKey/albums/by_name',
    parameters: { page: PAGE, per_page: SIZE },
  },
  { pattern: '/v1/apps/:appKey/bottom_lines', parameters: { ...COUNTED, ...SINCE } },
  { pattern: '/v1/star_distribution/store/:appKey/product/:productId', parameters: {} },
  { pattern: '/reviews/:reviewId{[0-9]+}', parameters: {} },
  {
    pattern: '/v3/storefront/store/:appKey/product/:productId/reviews',
    isPosted: true,
    parameters: {
      ...FILTER,
      ...V3_PAGE,
      freeTextSearch: TEXT,
      lang: LANGUAGE,
      sort: WORDS,
      topicNames: TEXT,
    },
    lists: FILTER_LISTS,
  },
  { pattern: '/v3/storefront/store/:appKey/product/:productId/ratings', parameters: {} },
  { pattern: '/v3/storefront/stores/:appKey/ratings', parameters: V3_PAGE },
  {
    pattern: '/v3/storefront/stores/:appKey/products/:productId/reviewsMedia',
    parameters: V3_PAGE,
  },
  {
    pattern: '/v3/storefront/stores/:appKey/products/:productId/productData',
    parameters: { include: /^[A-Za-z]{1,32}(?:,[A-Za-z]{1,32}){0,7}$/ },
  },
];

/** The canonical address of a compat read: known parameters alone, valid ones, in one order. */
export function compatPath(
  { pattern, parameters, lists = {} }: CompatRead,
  part: (name: string) => string,
  search: URLSearchParams,
): string {
  const path = pattern.replace(/:(\w+)(?:\{[^}]*\})?/g, (_, name: string) =>
    encodeURIComponent(part(name)),
  );
  const kept = new URLSearchParams();
  for (const name of Object.keys(parameters).toSorted()) {
    const valid = search.getAll(name).filter((value) => parameters[name]?.test(value));
    for (const value of valid.slice(0, lists[name] ?? 1)) kept.append(name, value);
  }
  return kept.size > 0 ? `${path}?${kept.toString()}` : path;
}
