import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { questions } from '../../db/questions-schema.ts';
import { products } from '../../db/schema.ts';
import { UnknownSubjectError } from '../errors.ts';

/** A question and the shop's own id of its product. */
export interface FoundQuestion {
  question: typeof questions.$inferSelect;
  externalId: string;
}

/**
 * Finds a question in order to change it or what belongs to it: until the transaction ends nobody
 * else can, so that counts stay right.
 * @throws UnknownSubjectError
 */
export async function lockQuestion(
  tx: Database,
  shopId: number,
  publicId: string,
): Promise<FoundQuestion> {
  const [found] = await tx
    .select({ question: questions, externalId: products.externalId })
    .from(questions)
    .innerJoin(products, eq(products.id, questions.productId))
    .where(and(eq(questions.shopId, shopId), eq(questions.publicId, publicId)))
    .for('update', { of: questions });
  if (!found) throw new UnknownSubjectError('question', publicId);
  return found;
}
