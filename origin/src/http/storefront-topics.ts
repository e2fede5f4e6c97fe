/** What reviewers of a product talk about, in the storefront API. */
import { patterns, productTag, productTopicsPath, shopTag } from '@plaudit/contract';
import { Hono } from 'hono';
import type { AnswerCache } from '../cache/answer-cache.ts';
import type { Context } from '../domain/context.ts';
import { enterShop } from '../domain/shops/find.ts';
import { listTopics } from '../domain/topics/list.ts';
import { keptAnswer } from './kept-answer.ts';
import { refuseMethod, requireProductId } from './storefront-request.ts';

/** The routes. */
export function storefrontTopics({ db }: Context, answers: AnswerCache): Hono {
  const app = new Hono();
  const answer = keptAnswer(answers);

  app.get(patterns.productTopics, async (context) => {
    const { appKey, productId } = context.req.param();
    requireProductId(productId);
    return answer(context, {
      key: productTopicsPath(appKey, productId),
      make: () => enterShop(db, appKey, (tx, { id }) => listTopics(tx, id, productId)),
      policy: 'reviews',
      tags: [shopTag(appKey), productTag(appKey, productId)],
    });
  });
  app.all(patterns.productTopics, refuseMethod('GET, HEAD, OPTIONS'));
  return app;
}
