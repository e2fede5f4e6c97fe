/** Published questions by page number, for clients that know no cursors. */
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { questionCounts, questions } from '../../db/questions-schema.ts';
import { readPublishedAnswers, type AnswerRow } from './published-answers.ts';

/** A question as visitors may see it, with the integer that some clients know it by. */
export interface NumberedQuestion {
  /** Stable, and unique over all shops. */
  number: number;
  body: string;
  author: string | undefined;
  createdAt: string;
  answers: NumberedAnswer[];
}

/** An answer to it. */
export interface NumberedAnswer {
  number: number;
  body: string;
  author: string | undefined;
  byShop: boolean;
  votesUp: number;
  votesDown: number;
  createdAt: string;
}

/** How many questions a product has, and the answers to them. */
export interface QuestionTotals {
  questions: number;
  answers: number;
}

/** No page lies deeper: what a page skips is read. */
const SKIP_MAX = 10_000;

/** Counts, of which none is made here. Call it in the shop's transaction. */
export async function readQuestionTotals(
  tx: Database,
  productNumber: number,
): Promise<QuestionTotals> {
  const { questions: asked, answers } = questionCounts;
  const [row] = await tx
    .select({ questions: asked, answers })
    .from(questionCounts)
    .where(eq(questionCounts.productId, productNumber));
  return row ?? { questions: 0, answers: 0 };
}

/** A page of a product's questions, the newest first. Call it in the shop's transaction. */
export async function listNumberedQuestions(
  tx: Database,
  productNumber: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<NumberedQuestion[]> {
  if (offset > SKIP_MAX) return [];
  const rows = await tx
    .select()
    .from(questions)
    .where(and(eq(questions.productId, productNumber), sql`${questions.status} = 'published'`))
    .orderBy(desc(questions.createdAt), desc(questions.id))
    .offset(offset)
    .limit(limit);
  const answersOf = await readPublishedAnswers(tx, rows);
  // Listed field by field, so that a new column stays inside.
  return rows.map((row) => ({
    number: row.id,
    body: row.body,
    author: row.author ?? undefined,
    createdAt: row.createdAt.toISOString(),
    answers: (answersOf.get(row.id) ?? []).map(toNumberedAnswer),
  }));
}

const toNumberedAnswer = (row: AnswerRow): NumberedAnswer => ({
  number: row.id,
  body: row.body,
  author: row.author ?? undefined,
  byShop: row.byShop,
  votesUp: row.votesUp,
  votesDown: row.votesDown,
  createdAt: row.createdAt.toISOString(),
});
