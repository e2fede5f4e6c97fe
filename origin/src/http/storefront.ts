/** The storefront API: public, the same for every visitor, made to be kept by caches. */
import {
  parseRatingIds,
  parseReviewQuery,
  patterns,
  productReviewsPath,
  productTag,
  PRODUCT_ID_MAX_LENGTH,
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
  toProblem,
  toReviewSearch,
  type Parsed,
} from '@plaudit/contract';
import { idempotencyKey, reviewSubmission } from '@plaudit/contract/schema';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AnswerCache } from '../cache/answer-cache.ts';
import type { Context as DomainContext } from '../domain/context.ts';
import { listRatings, listRatingShard } from '../domain/ratings/list.ts';
import { listProductReviews, listShopReviews } from '../domain/reviews/list.ts';
import { submitReview } from '../domain/reviews/submit.ts';
import { enterShop, findShop } from '../domain/shops/find.ts';
import { cacheableJson, type Cacheable } from './cacheable-json.ts';
import { NO_STORE } from './caching-policy.ts';
import { ProblemError, sendProblem } from './problems.ts';
import { readBody } from './read-body.ts';

/** A review of the longest texts in the widest letters fits, with room to spare. */
const SUBMISSION_MAX_BYTES = 64 * 1024;
const IDEMPOTENCY_FIELD = 'idempotency-key';

/** What a read answers, and under which name and for how long it is kept. */
interface Read extends Omit<Cacheable, 'json'> {
  key: string;
  make: () => Promise<unknown>;
}

/** The routes of the storefront API. */
export function storefront(domain: DomainContext, answers: AnswerCache): Hono {
  const { db } = domain;
  const app = new Hono();

  async function answer(context: Context, { key, tags, policy, make }: Read): Promise<Response> {
    const json = await answers.read(key, tags, async () => JSON.stringify(await make()));
    return cacheableJson(context, { json, policy, tags });
  }

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
    const keyed = { ...submission, ...keyOf(context.req.header(IDEMPOTENCY_FIELD)) };
    const receipt = await submitReview(domain, appKey, productId, keyed);
    return context.json(receipt, receipt.status === 'published' ? 201 : 202, NO_STORE);
  });

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

/** RFC 9110 §15.5.6: the answer names what is allowed instead. */
const refuseMethod = (allow: string) => (context: Context) =>
  sendProblem(context, toProblem('method-not-allowed'), { ...NO_STORE, allow });

const searchOf = (url: string): URLSearchParams => new URL(url).searchParams;

function valueOf<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  const { parameter, detail } = parsed;
  throw new ProblemError('invalid-parameter', { parameter, detail });
}

function requireProductId(id: string): void {
  if (id.length <= PRODUCT_ID_MAX_LENGTH && !id.includes('\0') && id.isWellFormed()) return;
  const detail = `A product id has 1 to ${PRODUCT_ID_MAX_LENGTH} characters.`;
  throw new ProblemError('not-found', { detail });
}

/** The key of the header field; where there is one, it wins over the body's. */
function keyOf(field: string | undefined): { idempotencyKey?: string } {
  if (field === undefined) return {};
  const { data, error } = idempotencyKey.safeParse(field);
  if (data !== undefined) return { idempotencyKey: data };
  const errors = error.issues.map(({ message }) => ({ field: IDEMPOTENCY_FIELD, message }));
  throw new ProblemError('invalid-body', { detail: 'See `errors`, field by field.', errors });
}

const limitBody = () =>
  bodyLimit({
    maxSize: SUBMISSION_MAX_BYTES,
    onError: () => {
      const detail = `A review has at most ${SUBMISSION_MAX_BYTES} bytes.`;
      throw new ProblemError('body-too-large', { detail });
    },
  });
