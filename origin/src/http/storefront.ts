/** The storefront API: public, the same for every visitor, made to be kept by caches. */
import {
  parseRatingIds,
  parseReviewQuery,
  patterns,
  productReviewsPath,
  productTag,
  RATING_SHARD_COUNT,
  ratingShardOf,
  ratingShardPath,
  ratingsPath,
  ratingsTag,
  reviewsTag,
  settingsPath,
  settingsTag,
  shopReviewsPath,
  shopTag,
  toReviewSearch,
} from '@plaudit/contract';
import { reviewEdit, reviewSubmission, reviewWithdrawal } from '@plaudit/contract/schema';
import { Hono } from 'hono';
import type { AnswerCache } from '../cache/answer-cache.ts';
import type { Context as DomainContext } from '../domain/context.ts';
import { listRatings, listRatingShard } from '../domain/ratings/list.ts';
import { editReview } from '../domain/reviews/edit.ts';
import { listProductReviews, listShopReviews } from '../domain/reviews/list.ts';
import { submitReview } from '../domain/reviews/submit.ts';
import { withdrawReview } from '../domain/reviews/withdraw.ts';
import { enterShop, findShop } from '../domain/shops/find.ts';
import { NO_STORE } from './caching-policy.ts';
import { keptAnswer } from './kept-answer.ts';
import { ProblemError } from './problems.ts';
import { readBody } from './read-body.ts';
import {
  keyOf,
  limitBody,
  refuseMethod,
  requireProductId,
  searchOf,
  valueOf,
} from './storefront-request.ts';

/** The routes of the storefront API. */
export function storefront(domain: DomainContext, answers: AnswerCache): Hono {
  const { db } = domain;
  const app = new Hono();

  const answer = keptAnswer(answers);

  app.get(patterns.ratings, async (context) => {
    const appKey = context.req.param('appKey');
    const ids = valueOf(parseRatingIds(searchOf(context.req.url)));
    const shards = [...new Set(ids.map(ratingShardOf))];
    return answer(context, {
      key: `${ratingsPath(appKey)}?ids=${ids.join(',')}`,
      make: () =>
        enterShop(db, appKey, async (tx, { id }) => ({ ratings: await listRatings(tx, id, ids) })),
      policy: 'ratings',
      tags: [shopTag(appKey), ...shards.map((shard) => ratingsTag(appKey, shard))],
    });
  });

  app.get(patterns.ratingShard, async (context) => {
    const appKey = context.req.param('appKey');
    const shard = Number(context.req.param('shard'));
    if (shard >= RATING_SHARD_COUNT) {
      const detail = `There are ${RATING_SHARD_COUNT} shards, from 0.`;
      throw new ProblemError('not-found', { detail });
    }
    return answer(context, {
      key: ratingShardPath(appKey, shard),
      make: () =>
        enterShop(db, appKey, async (tx, { id }) => ({
          ratings: await listRatingShard(tx, id, shard),
        })),
      policy: 'ratings',
      tags: [shopTag(appKey), ratingsTag(appKey, shard)],
    });
  });

  app.get(patterns.productReviews, async (context) => {
    const { appKey, productId } = context.req.param();
    const query = valueOf(parseReviewQuery(searchOf(context.req.url)));
    requireProductId(productId);
    return answer(context, {
      key: productReviewsPath(appKey, productId) + toReviewSearch(query),
      make: () =>
        enterShop(db, appKey, (tx, { id }) => listProductReviews(tx, id, productId, query)),
      policy: 'reviews',
      tags: [shopTag(appKey), productTag(appKey, productId)],
    });
  });

  app.get(patterns.shopReviews, async (context) => {
    const appKey = context.req.param('appKey');
    const query = valueOf(parseReviewQuery(searchOf(context.req.url)));
    return answer(context, {
      key: shopReviewsPath(appKey) + toReviewSearch(query),
      make: () => enterShop(db, appKey, (tx, { id }) => listShopReviews(tx, id, query)),
      policy: 'reviews',
      tags: [shopTag(appKey), reviewsTag(appKey)],
    });
  });

  app.get(patterns.settings, async (context) => {
    const appKey = context.req.param('appKey');
    return answer(context, {
      key: settingsPath(appKey),
      make: async () => (await findShop(db, appKey)).settings,
      policy: 'settings',
      tags: [shopTag(appKey), settingsTag(appKey)],
    });
  });

  app.post(patterns.productReviews, limitBody(), async (context) => {
    const { appKey, productId } = context.req.param();
    requireProductId(productId);
    const submission = await readBody(context, reviewSubmission);
    const keyed = { ...submission, ...keyOf(context) };
    const receipt = await submitReview(domain, appKey, productId, keyed);
    return context.json(receipt, receipt.status === 'published' ? 201 : 202, NO_STORE);
  });

  app.post(patterns.review, limitBody(), async (context) => {
    const { appKey, reviewId } = context.req.param();
    const edit = await readBody(context, reviewEdit);
    return context.json(await editReview(domain, appKey, reviewId, edit), 200, NO_STORE);
  });
  app.all(patterns.review, refuseMethod('OPTIONS, POST'));

  app.post(patterns.reviewWithdrawal, limitBody(), async (context) => {
    const { appKey, reviewId } = context.req.param();
    const { secret } = await readBody(context, reviewWithdrawal);
    return context.json(await withdrawReview(domain, appKey, reviewId, secret), 200, NO_STORE);
  });
  app.all(patterns.reviewWithdrawal, refuseMethod('OPTIONS, POST'));

  const readOnly = [
    patterns.ratings,
    patterns.ratingShard,
    patterns.shopReviews,
    patterns.settings,
  ];
  for (const pattern of readOnly) app.all(pattern, refuseMethod('GET, HEAD, OPTIONS'));
  app.all(patterns.productReviews, refuseMethod('GET, HEAD, OPTIONS, POST'));
  return app;
}
