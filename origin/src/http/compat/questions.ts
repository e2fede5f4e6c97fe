/** Questions and answers for v1's clients. */
import { questionsTag, shopTag } from '@plaudit/contract';
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import {
  listNumberedQuestions,
  readQuestionTotals,
  type NumberedAnswer,
  type NumberedQuestion,
} from '../../domain/questions/list-numbered.ts';
import { enterShop, type Shop } from '../../domain/shops/find.ts';
import { addRead } from './add-read.ts';
import { displayName } from './display-name.ts';
import { envelope } from './envelope.ts';
import { readPage } from './parameters.ts';
import { toPerson } from './person.ts';
import { readSubject } from './subject.ts';

const LISTS = [
  { pattern: '/products/:appKey/:productId/questions', name: 'count' },
  { pattern: '/v1/widget/:appKey/products/:productId/questions', name: 'per_page' },
];

const NONE = { questions: 0, answers: 0 };

/** Adds the reads of questions. */
export function addQuestionReads(app: Hono, { db }: Context): void {
  for (const { pattern, name } of LISTS) {
    addRead(app, pattern, async ({ part, search }) => {
      const [appKey, productId] = [part('appKey'), part('productId')];
      const { page, size, offset } = readPage(search, { name, usual: 5, most: 150 });
      const found = await enterShop(db, appKey, async (tx, shop) => {
        const { product } = await readSubject(tx, shop.id, productId);
        if (!product) return { totals: NONE, questions: [] };
        const totals = await readQuestionTotals(tx, product.number);
        const asked = await listNumberedQuestions(tx, product.number, { offset, limit: size });
        return { totals, questions: asked.map((question) => toQuestion(question, shop)) };
      });
      const response = {
        total_questions: found.totals.questions,
        total_answers: found.totals.answers,
        page,
        per_page: size,
        questions: found.questions,
      };
      return {
        body: envelope(response),
        policy: 'questions',
        tags: [shopTag(appKey), questionsTag(appKey, productId)],
      };
    });
  }

  addRead(app, '/products/:appKey/:productId/qna_bottomline', async ({ part }) => {
    const [appKey, productId] = [part('appKey'), part('productId')];
    const totals = await enterShop(db, appKey, async (tx, { id }) => {
      const { product } = await readSubject(tx, id, productId);
      return product ? readQuestionTotals(tx, product.number) : NONE;
    });
    return {
      body: { total_questions: totals.questions, total_answers: totals.answers },
      policy: 'questions',
      tags: [shopTag(appKey), questionsTag(appKey, productId)],
    };
  });
}

/** An e-mail address, which old answers had, is never among it. */
const toQuestion = (
  { number, body, author, createdAt, answers }: NumberedQuestion,
  shop: Shop,
) => ({
  id: number,
  content: body,
  user_type: 'User',
  created_at: createdAt,
  asker: toPerson(number, displayName(author)),
  sorted_public_answers: answers.map((answer) => toAnswer(answer, shop)),
});

/** Clients read the mark of the shop's own answers under two names. */
const toAnswer = (answer: NumberedAnswer, shop: Shop) => ({
  id: answer.number,
  content: answer.body,
  votes_up: answer.votesUp,
  votes_down: answer.votesDown,
  created_at: answer.createdAt,
  store_owner_comment: answer.byShop,
  is_store_owner_comment: answer.byShop,
  answerer: toPerson(answer.number, answer.byShop ? shop.name : displayName(answer.author)),
});
