/** The reads of the storefront API, answered out of a shop in memory. */

import {
  parseQuestionQuery,
  parseRatingIds,
  parseReviewQuery,
  RATING_SHARD_COUNT,
  ratingShardOf,
  type ProductRating,
  type ProductTopics,
  type Ratings,
} from '@plaudit/contract';
import { invalidParameter, json, problem, type Answer } from './answer.ts';
import { listTopics } from './list-facets.ts';
import { listQuestions } from './list-questions.ts';
import { countStars, listReviews } from './list-reviews.ts';
import type { ShopState } from './test-shop.ts';

/** Of one product, or of the whole shop. An unknown product has none: an empty page, not an error. */
export function answerReviews(
  shop: ShopState,
  productId: string | undefined,
  search: URLSearchParams,
): Answer {
  const query = parseReviewQuery(search);
  if (!query.ok) return invalidParameter(query);
  const reviews =
    productId === undefined
      ? shop.reviews
      : shop.reviews.filter((review) => review.productId === productId);
  const phrases = phrasesOf(shop, productId);
  const page = listReviews(reviews, { name: productId ?? '', phrases }, query.value);
  return page ? json(200, page) : foreignCursor;
}

/** Of the whole shop, those of all its products. */
const phrasesOf = ({ topics }: ShopState, productId: string | undefined): readonly string[] =>
  productId === undefined
    ? [...new Set([...topics.values()].flat())]
    : (topics.get(productId) ?? []);

/** An unknown product has none. */
export function answerTopics(shop: ShopState, productId: string): Answer {
  const reviews = shop.reviews.filter((review) => review.productId === productId);
  const answer: ProductTopics = { topics: listTopics(reviews, phrasesOf(shop, productId)) };
  return json(200, answer);
}

/** An unknown product has none: an empty page, not an error. */
export function answerQuestions(
  shop: ShopState,
  productId: string,
  search: URLSearchParams,
): Answer {
  const query = parseQuestionQuery(search);
  if (!query.ok) return invalidParameter(query);
  const questions = shop.questions.filter((question) => question.productId === productId);
  const page = listQuestions(questions, query.value);
  return page ? json(200, page) : foreignCursor;
}

const foreignCursor = invalidParameter({
  ok: false,
  parameter: 'cursor',
  detail: '"cursor" must be the value of `next` from an earlier answer to the same question.',
});

export function answerRatings(shop: ShopState, search: URLSearchParams): Answer {
  const ids = parseRatingIds(search);
  return ids.ok ? json(200, collectRatings(shop, ids.value)) : invalidParameter(ids);
}

export function answerRatingShard(shop: ShopState, shard: string): Answer {
  const number = /^\d+$/.test(shard) ? Number(shard) : Number.NaN;
  if (!(number < RATING_SHARD_COUNT)) {
    return problem('not-found', { detail: `There are ${RATING_SHARD_COUNT} shards, from 0.` });
  }
  const ids = new Set([...shop.reviews.map(({ productId }) => productId), ...shop.ratings.keys()]);
  const inShard = [...ids].filter((id) => ratingShardOf(id) === number);
  return json(200, collectRatings(shop, inShard));
}

/** Products without a published review are left out. */
function collectRatings(shop: ShopState, productIds: readonly string[]): Ratings {
  const ratings = productIds
    .map((id) => [id, ratingOf(shop, id)] as const)
    .filter(([, { count }]) => count > 0);
  return { ratings: Object.fromEntries(ratings) };
}

function ratingOf({ reviews, ratings }: ShopState, id: string): ProductRating {
  const { average, count } =
    ratings.get(id) ?? countStars(reviews.filter(({ productId }) => productId === id));
  return { average, count };
}
