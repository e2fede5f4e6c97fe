/** Questions and answers in the management API. */
import { z } from 'zod';
import { mayKnowPersons } from '../../auth/access.ts';
import { answerQuestion as answer } from '../../domain/questions/answer.ts';
import {
  findManagedQuestion,
  listManagedQuestions,
  type ManagedQuestion,
} from '../../domain/questions/list-managed.ts';
import {
  moderateAnswer as moderateOneAnswer,
  moderateQuestion as moderateOne,
} from '../../domain/questions/moderate.ts';
import { operation } from './operation.ts';
import {
  decision,
  helpful,
  instant,
  limitOf,
  named,
  next,
  page,
  productId,
  reason,
  status,
  text,
} from './schema.ts';

const question = named(
  'Question',
  z.object({
    id: z.string(),
    productId: z.string(),
    body: z.string(),
    author: z.string().exactOptional(),
    email: z.string().describe('With the scope persons:read only').exactOptional(),
    status,
    createdAt: instant,
    helpful,
    answers: z.array(
      z.object({
        id: z.string(),
        body: z.string(),
        author: z.string().exactOptional(),
        byShop: z.boolean(),
        status,
        createdAt: instant,
        helpful,
      }),
    ),
  }) satisfies z.ZodType<ManagedQuestion>,
);

export const listQuestions = operation({
  method: 'get',
  path: '/questions',
  scope: 'questions:read',
  summary: 'List questions with their answers',
  description: 'Of every status, newest first.',
  query: z.strictObject({
    status: status.exactOptional(),
    product: productId.exactOptional(),
    ...page,
  }),
  answer: named('QuestionPage', z.object({ questions: z.array(question), next })),
  run: async ({ domain, shop, access, query }) => {
    const list = { ...query, limit: limitOf(query) };
    return {
      body: await listManagedQuestions(domain, shop.id, list, {
        withEmails: mayKnowPersons(access),
      }),
    };
  },
});

export const getQuestion = operation({
  method: 'get',
  path: '/questions/{questionId}',
  scope: 'questions:read',
  summary: 'Get a question with its answers',
  answer: question,
  run: async ({ domain, shop, access, params }) => ({
    body: await findManagedQuestion(domain, shop.id, params.questionId, {
      withEmails: mayKnowPersons(access),
    }),
  }),
});

export const answerQuestion = operation({
  method: 'post',
  path: '/questions/{questionId}/answers',
  scope: 'questions:write',
  summary: 'Answer a question in the shop’s name',
  body: named('NewAnswer', z.strictObject({ body: text(2_000).min(1) })),
  status: 201,
  answer: named('AnswerReceipt', z.object({ id: z.string(), status })),
  isRepeatable: true,
  run: async ({ domain, shop, params, body }) => {
    const submission = { ...body, byShop: true };
    return { body: await answer(domain, shop.appKey, params.questionId, submission) };
  },
});

const decided = named('Decision', z.strictObject({ status: decision, reason }));
const outcome = named('Outcome', z.object({ isChanged: z.boolean() }));

export const moderateQuestion = operation({
  method: 'post',
  path: '/questions/{questionId}/moderate',
  scope: 'questions:write',
  summary: 'Decide on a question',
  description: 'Asked again it changes nothing more.',
  body: decided,
  answer: outcome,
  run: async ({ domain, shop, params, body }) => ({
    body: {
      isChanged: await moderateOne(
        domain,
        shop.appKey,
        params.questionId,
        body.status,
        body.reason,
      ),
    },
  }),
});

export const moderateAnswer = operation({
  method: 'post',
  path: '/answers/{answerId}/moderate',
  scope: 'questions:write',
  summary: 'Decide on an answer',
  description: 'Asked again it changes nothing more.',
  body: decided,
  answer: outcome,
  run: async ({ domain, shop, params, body }) => ({
    body: {
      isChanged: await moderateOneAnswer(
        domain,
        shop.appKey,
        params.answerId,
        body.status,
        body.reason,
      ),
    },
  }),
});
