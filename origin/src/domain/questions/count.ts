import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { questionCounts } from '../../db/questions-schema.ts';

/** What became visible of a product (positive) or stopped being so (negative). */
interface CountChange {
  shopId: number;
  productId: number;
  questions?: number;
  answers?: number;
}

/** Brings a product's counts up to date; call it in the transaction of the change. */
export async function countQuestions(tx: Database, change: CountChange): Promise<void> {
  const { shopId, productId, questions = 0, answers = 0 } = change;
  await tx
    .insert(questionCounts)
    .values({ shopId, productId, questions, answers })
    .onConflictDoUpdate({
      target: questionCounts.productId,
      set: {
        questions: sql`${questionCounts.questions} + ${questions}`,
        answers: sql`${questionCounts.answers} + ${answers}`,
      },
    });
}
