/** Questions and votes of the storefront API. */
import {
  parseQuestionQuery,
  patterns,
  productQuestionsPath,
  questionsTag,
  shopTag,
  toQuestionSearch,
} from '@plaudit/contract';
import { questionSubmission, voteSubmission } from '@plaudit/contract/schema';
import { Hono } from 'hono';
import type { AnswerCache } from '../cache/answer-cache.ts';
import type { Context } from '../domain/context.ts';
import { askQuestion } from '../domain/questions/ask.ts';
import { listQuestions } from '../domain/questions/list.ts';
import { enterShop } from '../domain/shops/find.ts';
import { castVote } from '../domain/votes/cast.ts';
import { NO_STORE } from './caching-policy.ts';
import { keptAnswer } from './kept-answer.ts';
import { readBody } from './read-body.ts';
import {
  keyOf,
  limitBody,
  refuseMethod,
  requireProductId,
  searchOf,
  valueOf,
} from './storefront-request.ts';

const VOTES = [
  { kind: 'review', pattern: patterns.reviewVotes, parameter: 'reviewId' },
  { kind: 'question', pattern: patterns.questionVotes, parameter: 'questionId' },
  { kind: 'answer', pattern: patterns.answerVotes, parameter: 'answerId' },
] as const;

/** The routes. */
export function storefrontQuestions(domain: Context, answers: AnswerCache): Hono {
  const app = new Hono();
  const answer = keptAnswer(answers);

  app.get(patterns.productQuestions, async (context) => {
    const { appKey, productId } = context.req.param();
    const query = valueOf(parseQuestionQuery(searchOf(context.req.url)));
    requireProductId(productId);
    return answer(context, {
      key: productQuestionsPath(appKey, productId) + toQuestionSearch(query),
      make: () =>
        enterShop(domain.db, appKey, (tx, { id }) => listQuestions(tx, id, productId, query)),
      policy: 'questions',
      tags: [shopTag(appKey), questionsTag(appKey, productId)],
    });
  });

  app.post(patterns.productQuestions, limitBody(), async (context) => {
    const { appKey, productId } = context.req.param();
    requireProductId(productId);
    const submission = await readBody(context, questionSubmission);
    const keyed = { ...submission, ...keyOf(context) };
    const receipt = await askQuestion(domain, appKey, productId, keyed);
    return context.json(receipt, receipt.status === 'published' ? 201 : 202, NO_STORE);
  });
  app.all(patterns.productQuestions, refuseMethod('GET, HEAD, OPTIONS, POST'));

  for (const { kind, pattern, parameter } of VOTES) {
    app.post(pattern, limitBody(), async (context) => {
      const appKey = context.req.param('appKey') ?? '';
      const name = { kind, id: context.req.param(parameter) ?? '' };
      const submission = await readBody(context, voteSubmission);
      return context.json(await castVote(domain, appKey, name, submission), 200, NO_STORE);
    });
    app.all(pattern, refuseMethod('OPTIONS, POST'));
  }
  return app;
}
