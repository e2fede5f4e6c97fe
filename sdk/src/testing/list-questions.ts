/** The list of questions answered from memory, by the rules of the real one. */

import {
  REVIEW_LIMIT_DEFAULT,
  type Question,
  type QuestionPage,
  type QuestionQuery,
} from '@plaudit/contract';
import { digestOf } from './digest.ts';

/**
 * A page of these questions, the newest first.
 * @returns undefined where the question's cursor is not one of this list's
 */
export function listQuestions(
  questions: readonly Question[],
  { cursor, limit = REVIEW_LIMIT_DEFAULT }: QuestionQuery,
): QuestionPage | undefined {
  const sorted = questions.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  const before = cursor === undefined ? -1 : sorted.findIndex((one) => toCursor(one) === cursor);
  if (cursor !== undefined && before === -1) return undefined;
  const page = sorted.slice(before + 1, before + 1 + limit);
  const last = page.at(-1);
  const hasMore = before + 1 + limit < sorted.length;
  return {
    count: sorted.length,
    questions: page,
    ...(last && hasMore && { next: toCursor(last) }),
  };
}

const toCursor = ({ productId, id }: Question): string => digestOf(`questions ${productId} ${id}`);
