/** What a shop says in public with its token: to a review, and in answer to a question. */
import type { Hono } from 'hono';
import { z } from 'zod';
import { answerQuestion } from '../../../domain/questions/answer.ts';
import { findAnswerNumber, findQuestionId } from '../../../domain/questions/numbers.ts';
import { changeReview } from '../../../domain/reviews/change.ts';
import { findReviewId } from '../../../domain/reviews/find-public-id.ts';
import { text } from '../core/fields.ts';
import { envelope } from '../envelope.ts';
import { toPerson } from '../person.ts';
import type { TokenDependencies } from '../token-access.ts';
import { addSecretCall, checked, RefusedCall, type Call } from './call.ts';

const NUMBER = '{[0-9]{1,15}}';
const COMMENTS = `/reviews/:reviewId${NUMBER}/comments`;
const BODY_MAX_LENGTH = 10_000;

const said = z.object({
  comment: z.object({
    content: text(BODY_MAX_LENGTH).trim().min(1),
    public: z.boolean().optional(),
  }),
});

/**
 * Adds the calls. Nothing is kept here that only the shop sees, so what is not public is refused: a
 * guess, for no such call was recorded.
 */
export function addReplyCalls(app: Hono, dependencies: TokenDependencies): void {
  // A review has one reply: a second one takes its place, and its number is the review's.
  for (const { method, path } of [
    { method: 'POST', path: COMMENTS },
    { method: 'PUT', path: `${COMMENTS}/:commentId${NUMBER}` },
  ] as const) {
    const call = { method, path, scope: 'reviews:write' } as const;
    addSecretCall(app, dependencies, call, async ({ store, part, fields }) => {
      const number = Number(part('reviewId'));
      if (method === 'PUT' && Number(part('commentId')) !== number)
        throw new RefusedCall(404, 'Not Found');
      const content = contentOf(fields);
      const { domain, appKey, shopId } = store;
      const id = await findReviewId(domain.db, shopId, number);
      const { reply } = await changeReview(domain, appKey, id, { reply: content }, () => {});
      return envelope({
        comment: {
          id: number,
          commentable_id: number,
          commentable_type: 'Review',
          content,
          public: true,
          created_at: reply?.createdAt,
        },
      });
    });
  }

  const path = `/questions/:questionId${NUMBER}/answers`;
  const call = { method: 'POST', path, scope: 'questions:write' } as const;
  addSecretCall(app, dependencies, call, async ({ store, part, fields }) => {
    const body = contentOf(fields);
    const { domain, appKey, shopId, name } = store;
    const asked = Number(part('questionId'));
    const question = await findQuestionId(domain.db, shopId, asked);
    const { id } = await answerQuestion(domain, appKey, question, { body, byShop: true });
    const { number, createdAt } = await findAnswerNumber(domain.db, shopId, id);
    return envelope({
      comment: {
        id: number,
        commentable_id: asked,
        commentable_type: 'Question',
        content: body,
        votes_up: 0,
        votes_down: 0,
        public: true,
        approved: true,
        created_at: createdAt.toISOString(),
        store_owner_comment: true,
        answerer: toPerson(number, name),
      },
    });
  });
}

function contentOf(fields: Call['fields']): string {
  const { comment } = checked(said, fields);
  if (comment.public === false) throw new RefusedCall(400, 'comment.public: must be true');
  return comment.content;
}
