/** The shop decides on questions and on answers. */
import { questionsTag, type ReviewStatus } from '@plaudit/contract';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { answers, questions } from '../../db/questions-schema.ts';
import type { Context } from '../context.ts';
import { UnknownSubjectError } from '../errors.ts';
import { recordDecision, type DecisionReason } from '../moderation/decision.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { enterShop, type Shop } from '../shops/find.ts';
import { countQuestions } from './count.ts';
import { lockQuestion, type FoundQuestion } from './find.ts';

/**
 * Publishes a question with its published answers, or takes it from sight. Deciding the same again
 * changes nothing.
 * @returns whether anything changed
 * @throws UnknownShopError
 * @throws UnknownSubjectError
 */
export async function moderateQuestion(
  context: Context,
  appKey: string,
  id: string,
  status: ReviewStatus,
  reason?: DecisionReason,
): Promise<boolean> {
  const { db, now, onOutbox } = context;
  const isChanged = await enterShop(db, appKey, async (tx, shop) => {
    const found = await lockQuestion(tx, shop.id, id);
    const { question } = found;
    if (question.status === status) return false;
    await tx.update(questions).set({ status }).where(eq(questions.id, question.id));
    const by = visibility(question.status, status);
    if (by !== 0) {
      const published = await tx
        .select({ id: answers.id })
        .from(answers)
        .where(and(eq(answers.questionId, question.id), eq(answers.status, 'published')));
      const change = { questions: by, answers: by * published.length };
      await countQuestions(tx, { shopId: shop.id, productId: question.productId, ...change });
      await enqueuePurge(tx, purgeOf(shop, found, by), now());
    }
    const decision = { verb: 'question.moderate', from: question.status, to: status } as const;
    await recordDecision(tx, { shopId: shop.id, subject: id, ...decision, reason }, context);
    return true;
  });
  if (isChanged) onOutbox();
  return isChanged;
}

/**
 * The same for an answer.
 * @returns whether anything changed
 * @throws UnknownShopError
 * @throws UnknownSubjectError
 */
export async function moderateAnswer(
  context: Context,
  appKey: string,
  id: string,
  status: ReviewStatus,
  reason?: DecisionReason,
): Promise<boolean> {
  const { db, now, onOutbox } = context;
  const isChanged = await enterShop(db, appKey, async (tx, shop) => {
    const found = await lockQuestion(tx, shop.id, await findQuestionOf(tx, shop.id, id));
    // Read under the lock of its question, or two decisions at once would both count.
    const ownAnswer = and(eq(answers.shopId, shop.id), eq(answers.publicId, id));
    const [answer] = await tx.select().from(answers).where(ownAnswer);
    if (!answer || answer.status === status) return false;
    await tx.update(answers).set({ status }).where(ownAnswer);
    const by = visibility(answer.status, status);
    if (by !== 0 && found.question.status === 'published') {
      const { productId } = found.question;
      await countQuestions(tx, { shopId: shop.id, productId, answers: by });
      await enqueuePurge(tx, purgeOf(shop, found, by), now());
    }
    const decision = { verb: 'answer.moderate', from: answer.status, to: status } as const;
    await recordDecision(tx, { shopId: shop.id, subject: id, ...decision, reason }, context);
    return true;
  });
  if (isChanged) onOutbox();
  return isChanged;
}

async function findQuestionOf(tx: Database, shopId: number, answerId: string): Promise<string> {
  const [found] = await tx
    .select({ questionId: questions.publicId })
    .from(answers)
    .innerJoin(questions, eq(questions.id, answers.questionId))
    .where(and(eq(answers.shopId, shopId), eq(answers.publicId, answerId)));
  if (!found) throw new UnknownSubjectError('answer', answerId);
  return found.questionId;
}

/** 1 where it comes into sight, -1 where it leaves it, else 0. */
const visibility = (before: ReviewStatus, after: ReviewStatus): number =>
  Number(after === 'published') - Number(before === 'published');

/** What was taken from sight is not shown stale either. */
const purgeOf = (shop: Shop, { externalId }: FoundQuestion, by: number) => ({
  shopId: shop.id,
  tags: [questionsTag(shop.appKey, externalId)],
  mode: by > 0 ? ('soft' as const) : ('hard' as const),
});
