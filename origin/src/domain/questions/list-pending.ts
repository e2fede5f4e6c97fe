import { and, asc, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import type { Hold } from '../../db/hold.ts';
import { answers, questions } from '../../db/questions-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { products } from '../../db/schema.ts';

/** A question or an answer that waits for the merchant's decision. */
export interface PendingSubject {
  kind: 'question' | 'answer';
  id: string;
  productId: string;
  body: string;
  author: string | null;
  /** Which rules hold it. */
  heldBy: Hold[] | null;
}

/** What waits: questions, then answers, the oldest first, at most `limit` of each. */
export function listPendingQuestions(
  db: Database,
  shopId: number,
  limit: number,
): Promise<PendingSubject[]> {
  return inShop(db, shopId, async (tx) => {
    const productId = products.externalId;
    const asked = await tx
      .select({
        id: questions.publicId,
        productId,
        body: questions.body,
        author: questions.author,
        heldBy: questions.heldBy,
      })
      .from(questions)
      .innerJoin(products, eq(products.id, questions.productId))
      .where(and(eq(questions.shopId, shopId), eq(questions.status, 'pending')))
      .orderBy(asc(questions.id))
      .limit(limit);
    const answered = await tx
      .select({
        id: answers.publicId,
        productId,
        body: answers.body,
        author: answers.author,
        heldBy: answers.heldBy,
      })
      .from(answers)
      .innerJoin(questions, eq(questions.id, answers.questionId))
      .innerJoin(products, eq(products.id, questions.productId))
      .where(and(eq(answers.shopId, shopId), eq(answers.status, 'pending')))
      .orderBy(asc(answers.id))
      .limit(limit);
    return [
      ...asked.map((row) => ({ kind: 'question' as const, ...row })),
      ...answered.map((row) => ({ kind: 'answer' as const, ...row })),
    ];
  });
}
