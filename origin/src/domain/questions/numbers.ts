/** Questions and answers of a shop by the integers that some clients know them by. */
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { answers, questions } from '../../db/questions-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { UnknownSubjectError } from '../errors.ts';

/**
 * The id of the shop's question with that number, whatever its status.
 * @throws UnknownSubjectError
 */
export async function findQuestionId(
  db: Database,
  shopId: number,
  number: number,
): Promise<string> {
  const [found] = await inShop(db, shopId, (tx) =>
    tx
      .select({ id: questions.publicId })
      .from(questions)
      .where(and(eq(questions.shopId, shopId), eq(questions.id, number))),
  );
  if (!found) throw new UnknownSubjectError('question', `${number}`);
  return found.id;
}

/**
 * The number of an answer, and when it was given.
 * @throws UnknownSubjectError
 */
export async function findAnswerNumber(
  db: Database,
  shopId: number,
  id: string,
): Promise<{ number: number; createdAt: Date }> {
  const [found] = await inShop(db, shopId, (tx) =>
    tx
      .select({ number: answers.id, createdAt: answers.createdAt })
      .from(answers)
      .where(and(eq(answers.shopId, shopId), eq(answers.publicId, id))),
  );
  if (!found) throw new UnknownSubjectError('answer', id);
  return found;
}
