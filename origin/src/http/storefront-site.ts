/** Reviews of the shop itself, in the storefront API: read and written like those of a product. */
import {
  parseReviewQuery,
  patterns,
  productTag,
  shopTag,
  siteReviewsPath,
  toReviewSearch,
} from '@plaudit/contract';
import { reviewSubmission } from '@plaudit/contract/schema';
import { Hono } from 'hono';
import type { AnswerCache } from '../cache/answer-cache.ts';
import type { Context } from '../domain/context.ts';
import { SITE_PRODUCT } from '../domain/products/site.ts';
import { listProductReviews } from '../domain/reviews/list.ts';
import { submitReview } from '../domain/reviews/submit.ts';
import { enterShop } from '../domain/shops/find.ts';
import { NO_STORE } from './caching-policy.ts';
import { keptAnswer } from './kept-answer.ts';
import { readBody } from './read-body.ts';
import { keyOf, limitBody, refuseMethod, searchOf, valueOf } from './storefront-request.ts';

/** The routes. */
export function storefrontSite(domain: Context, answers: AnswerCache): Hono {
  const app = new Hono();
  const answer = keptAnswer(answers);

  app.get(patterns.siteReviews, async (context) => {
    const appKey = context.req.param('appKey');
    const query = valueOf(parseReviewQuery(searchOf(context.req.url)));
    return answer(context, {
      key: siteReviewsPath(appKey) + toReviewSearch(query),
      make: () =>
        enterShop(domain.db, appKey, (tx, { id }) =>
          listProductReviews(tx, id, SITE_PRODUCT, query),
        ),
      policy: 'reviews',
      tags: [shopTag(appKey), productTag(appKey, SITE_PRODUCT)],
    });
  });

  app.post(patterns.siteReviews, limitBody(), async (context) => {
    const appKey = context.req.param('appKey');
    const submission = await readBody(context, reviewSubmission);
    const keyed = { ...submission, ...keyOf(context) };
    const receipt = await submitReview(domain, appKey, SITE_PRODUCT, keyed);
    return context.json(receipt, receipt.status === 'published' ? 201 : 202, NO_STORE);
  });
  app.all(patterns.siteReviews, refuseMethod('GET, HEAD, OPTIONS, POST'));
  return app;
}
