/** Reads a product's published questions with their published answers, a page at a time. */
import { REVIEW_LIMIT_DEFAULT, type QuestionPage, type QuestionQuery } from '@plaudit/contract';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { questionCounts, questions } from '../../db/questions-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { products } from '../../db/schema.ts';
import { readPlace, writePlace } from '../place.ts';
import { readPublishedAnswers } from './published-answers.ts';
import { toAnswer, toQuestion } from './to-question.ts';

/**
 * A page of one product's questions, the newest first. An unknown product has none: an empty page,
 * not an error.
 * @throws InvalidCursorError
 */
export function listQuestions(
  db: Database,
  shopId: number,
  externalId: string,
  { cursor, limit = REVIEW_LIMIT_DEFAULT }: QuestionQuery,
): Promise<QuestionPage> {
  const list = `questions ${shopId}/${externalId}`;
  return inShop(db, shopId, async (tx) => {
    const place = cursor === undefined ? undefined : readPlace(list, cursor);
    const [product] = await tx
      .select({ id: products.id, count: questionCounts.questions })
      .from(products)
      .leftJoin(questionCounts, eq(questionCounts.productId, products.id))
      .where(and(eq(products.shopId, shopId), eq(products.externalId, externalId)))
      .limit(1);
    if (!product?.count) return { count: 0, questions: [] };
    const after =
      place &&
      sql`(${questions.createdAt}, ${questions.id}) <
          (${place.createdAt.toISOString()}::timestamptz, ${place.id}::bigint)`;
    const rows = await tx
      .select()
      .from(questions)
      .where(
        and(eq(questions.productId, product.id), sql`${questions.status} = 'published'`, after),
      )
      .orderBy(desc(questions.createdAt), desc(questions.id))
      // One more than asked for tells whether there is a next page.
      .limit(limit + 1);
    const shown = rows.slice(0, limit);
    const answersOf = await readPublishedAnswers(tx, shown);
    const last = shown.at(-1);
    return {
      count: product.count,
      questions: shown.map((row) =>
        toQuestion(row, externalId, (answersOf.get(row.id) ?? []).map(toAnswer)),
      ),
      ...(rows.length > limit && last ? { next: writePlace(list, { first: 0, ...last }) } : {}),
    };
  });
}
