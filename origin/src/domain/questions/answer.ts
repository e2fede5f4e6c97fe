/** Someone answers a question: the shop, or a visitor. */
import { questionsTag } from '@plaudit/contract';
import { answers } from '../../db/questions-schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { judge, type Verdict } from '../moderation/judge.ts';
import { readModerationRules } from '../moderation/read.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { newPublicId } from '../reviews/public-id.ts';
import { enterShop } from '../shops/find.ts';
import { countQuestions } from './count.ts';
import { lockQuestion } from './find.ts';

/** An answer as it comes in; its texts were checked. */
export interface AnswerSubmission {
  body: string;
  author?: string;
  byShop: boolean;
}

/** What a shop itself says is not held. */
const UNDOUBTED: Verdict = { status: 'published', heldBy: null };

/** What is told of an answer that was kept. */
export interface AnswerReceipt {
  id: string;
  status: 'published' | 'pending';
}

/**
 * Keeps an answer. The shop's own is published at once, a visitor's where no rule of the shop holds
 * it. It is seen while its question is.
 * @throws UnknownShopError
 * @throws UnknownSubjectError
 */
export async function answerQuestion(
  context: Context,
  appKey: string,
  questionId: string,
  { body, author, byShop }: AnswerSubmission,
): Promise<AnswerReceipt> {
  const { db, now, onOutbox } = context;
  const receipt = await enterShop(db, appKey, async (tx, shop) => {
    const { question, externalId } = await lockQuestion(tx, shop.id, questionId);
    const { rules } = await readModerationRules(tx, shop.id);
    const verdict = byShop
      ? UNDOUBTED
      : judge(rules, 'question', [body, author], { author, shopName: shop.name });
    const { status } = verdict;
    const publicId = newPublicId();
    await tx.insert(answers).values({
      publicId,
      shopId: shop.id,
      questionId: question.id,
      body,
      author: author ?? null,
      byShop,
      ...verdict,
      createdAt: now(),
    });
    if (status === 'published' && question.status === 'published') {
      await countQuestions(tx, { shopId: shop.id, productId: question.productId, answers: 1 });
      const tags = [questionsTag(appKey, externalId)];
      await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'soft' }, now());
    }
    if (byShop) {
      await recordAct(tx, { shopId: shop.id, verb: 'answer.add', subject: publicId }, context);
    }
    return { id: publicId, status };
  });
  onOutbox();
  return receipt;
}
