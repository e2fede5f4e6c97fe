import { asc, desc, inArray, and, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { answers } from '../../db/questions-schema.ts';

export type AnswerRow = typeof answers.$inferSelect;

/** The published answers to these questions: the shop's first, then by votes, then the oldest. */
export async function readPublishedAnswers(
  tx: Database,
  shown: readonly { id: number }[],
): Promise<Map<number, AnswerRow[]>> {
  const byQuestion = new Map<number, AnswerRow[]>(shown.map(({ id }) => [id, []]));
  if (shown.length === 0) return byQuestion;
  const rows = await tx
    .select()
    .from(answers)
    .where(
      and(
        inArray(answers.questionId, [...byQuestion.keys()]),
        sql`${answers.status} = 'published'`,
      ),
    )
    .orderBy(
      desc(answers.byShop),
      sql`${answers.votesUp} - ${answers.votesDown} desc`,
      asc(answers.id),
    );
  for (const row of rows) byQuestion.get(row.questionId)?.push(row);
  return byQuestion;
}
