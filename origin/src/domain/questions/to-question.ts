/** Rows as visitors may see them: listed field by field, so that a new column stays inside. */
import type { Answer, Question } from '@plaudit/contract';
import type { questions } from '../../db/questions-schema.ts';
import type { AnswerRow } from './published-answers.ts';

/** An answer. */
export const toAnswer = (row: AnswerRow): Answer => ({
  id: row.publicId,
  body: row.body,
  ...(row.author ? { author: row.author } : {}),
  byShop: row.byShop,
  createdAt: row.createdAt.toISOString(),
  helpful: { up: row.votesUp, down: row.votesDown },
});

/** A question with these answers. */
export const toQuestion = (
  row: typeof questions.$inferSelect,
  productId: string,
  given: Answer[],
): Question => ({
  id: row.publicId,
  productId,
  body: row.body,
  ...(row.author ? { author: row.author } : {}),
  createdAt: row.createdAt.toISOString(),
  helpful: { up: row.votesUp, down: row.votesDown },
  answers: given,
});
