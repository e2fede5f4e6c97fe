/** Reads the questions of a shop as the merchant works on them: of every status, with every answer. */
import type { Answer, Question, ReviewStatus } from '@plaudit/contract';
import { and, asc, desc, eq, inArray, lt, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { answers, questions } from '../../db/questions-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { products } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { UnknownSubjectError } from '../errors.ts';
import { openAddress } from '../keys/sealed.ts';
import { readPlace, writePlace } from '../place.ts';
import type { AnswerRow } from './published-answers.ts';
import { toAnswer, toQuestion } from './to-question.ts';

/** An answer as its shop sees it. */
export interface ManagedAnswer extends Answer {
  status: ReviewStatus;
}

/** A question as its shop sees it. */
export interface ManagedQuestion extends Question {
  status: ReviewStatus;
  answers: ManagedAnswer[];
  /** Of the asker; only for whoever may know addresses. */
  email?: string;
}

/** Which questions, and how many at once. */
export interface ManagedQuestionQuery {
  status?: ReviewStatus;
  /** The shop's own id of a product. */
  product?: string;
  /** `next` of an earlier page of the same list. */
  cursor?: string;
  limit: number;
}

/** Whether addresses are told. */
interface Told {
  withEmails: boolean;
}

/**
 * A page of a shop's questions, the newest first.
 * @throws InvalidCursorError
 * @throws KeysUnavailableError where addresses are asked for
 */
export async function listManagedQuestions(
  context: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  { status, product, cursor, limit }: ManagedQuestionQuery,
  told: Told,
): Promise<{ questions: ManagedQuestion[]; next?: string }> {
  const list = `managed questions ${shopId} ${JSON.stringify([status, product])}`;
  const place = cursor === undefined ? undefined : readPlace(list, cursor);
  const conditions = [
    status && eq(questions.status, status),
    product === undefined ? undefined : eq(products.externalId, product),
    place && lt(questions.id, place.id),
  ];
  const found = await inShop(context.db, shopId, (tx) =>
    readQuestions(tx, shopId, conditions, limit + 1),
  );
  const shown = found.slice(0, limit);
  const last = shown.at(-1)?.row;
  return {
    questions: await tell(context, shopId, shown, told),
    ...(found.length > limit && last ? { next: writePlace(list, { first: 0, ...last }) } : {}),
  };
}

/**
 * A question of a shop, whatever its status.
 * @throws UnknownSubjectError
 * @throws KeysUnavailableError where addresses are asked for
 */
export async function findManagedQuestion(
  context: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  publicId: string,
  told: Told,
): Promise<ManagedQuestion> {
  const found = await inShop(context.db, shopId, (tx) =>
    readQuestions(tx, shopId, [eq(questions.publicId, publicId)], 1),
  );
  const [question] = await tell(context, shopId, found, told);
  if (!question) throw new UnknownSubjectError('question', publicId);
  return question;
}

interface Found {
  row: typeof questions.$inferSelect;
  externalId: string;
  given: AnswerRow[];
}

async function readQuestions(
  tx: Database,
  shopId: number,
  conditions: readonly (SQL | undefined)[],
  limit: number,
): Promise<Found[]> {
  const rows = await tx
    .select({ row: questions, externalId: products.externalId })
    .from(questions)
    .innerJoin(products, eq(products.id, questions.productId))
    .where(and(eq(questions.shopId, shopId), ...conditions))
    .orderBy(desc(questions.id))
    .limit(limit);
  const ids = rows.map(({ row }) => row.id);
  const given = await tx
    .select()
    .from(answers)
    .where(and(eq(answers.shopId, shopId), inArray(answers.questionId, ids)))
    .orderBy(asc(answers.id));
  const byQuestion = Map.groupBy(given, ({ questionId }) => questionId);
  return rows.map(({ row, externalId }) => ({
    row,
    externalId,
    given: byQuestion.get(row.id) ?? [],
  }));
}

/** Asks for the keys, so it comes after the transaction. */
async function tell(
  { vault }: Pick<Context, 'vault'>,
  shopId: number,
  found: readonly Found[],
  { withEmails }: Told,
): Promise<ManagedQuestion[]> {
  const newest = Math.max(0, ...found.map(({ row }) => row.keyVersion));
  const keys = withEmails ? await vault.keysOf(shopId, newest) : undefined;
  return found.map(({ row, externalId, given }) => {
    const place = { column: 'questions.email', row: row.publicId } as const;
    const email = keys && openAddress(keys, place, row);
    return {
      ...toQuestion(row, externalId, []),
      status: row.status,
      answers: given.map((answer) => ({ ...toAnswer(answer), status: answer.status })),
      ...(email ? { email } : {}),
    };
  });
}
