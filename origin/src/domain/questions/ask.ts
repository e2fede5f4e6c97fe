/** A visitor asks about a product. */
import { createHash } from 'node:crypto';
import { questionsTag, type QuestionReceipt, type QuestionSubmission } from '@plaudit/contract';
import { and, eq } from 'drizzle-orm';
import { questions } from '../../db/questions-schema.ts';
import { inShop } from '../../db/row-security.ts';
import type { Context } from '../context.ts';
import { IdempotencyConflictError } from '../errors.ts';
import { keyedDigest, sealAddress } from '../keys/sealed.ts';
import { recordHold } from '../moderation/decision.ts';
import { judge } from '../moderation/judge.ts';
import { readModerationRules } from '../moderation/read.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { upsertProducts } from '../products/upsert.ts';
import { newPublicId } from '../reviews/public-id.ts';
import { findShop } from '../shops/find.ts';
import { countQuestions } from './count.ts';

/**
 * Keeps a question for the shop to look at, and publishes it at once where no rule of the shop holds
 * it. A product that is not known yet is made, as for reviews. The same idempotency key with the same question gives the
 * same receipt again.
 * @throws UnknownShopError
 * @throws IdempotencyConflictError
 * @throws KeysUnavailableError
 */
export async function askQuestion(
  { db, now, vault, onOutbox }: Context,
  appKey: string,
  externalId: string,
  submission: QuestionSubmission,
): Promise<QuestionReceipt> {
  const shop = await findShop(db, appKey);
  const keys = await vault.keysOf(shop.id);
  const receipt = await inShop(db, shop.id, async (tx): Promise<QuestionReceipt> => {
    const productIds = await upsertProducts(tx, shop.id, [{ externalId }]);
    const productId = productIds.get(externalId) ?? 0;
    const sourceKey = submission.idempotencyKey ?? null;
    const sourceDigest = keys.digest(digestOf(productId, submission));
    const publicId = newPublicId();
    const { version, rules } = await readModerationRules(tx, shop.id);
    const { body, author } = submission;
    const verdict = judge(rules, 'question', [body, author], { author, shopName: shop.name });
    const place = { column: 'questions.email', row: publicId } as const;
    const [inserted] = await tx
      .insert(questions)
      .values({
        publicId,
        shopId: shop.id,
        productId,
        body,
        author,
        ...sealAddress(keys, place, submission.email.toLowerCase()),
        locale: submission.locale ?? null,
        ...verdict,
        sourceKey,
        sourceDigest,
        createdAt: now(),
      })
      .onConflictDoNothing({ target: [questions.shopId, questions.sourceKey] })
      .returning();
    if (inserted) {
      if (verdict.status === 'published') {
        await countQuestions(tx, { shopId: shop.id, productId, questions: 1 });
        const tags = [questionsTag(appKey, externalId)];
        await enqueuePurge(tx, { shopId: shop.id, tags, mode: 'soft' }, now());
      }
      const hold = { verb: 'question.hold', subject: publicId, heldBy: verdict.heldBy } as const;
      await recordHold(tx, { shopId: shop.id, ...hold, version }, { now });
      return { id: publicId, status: verdict.status };
    }
    const [earlier] = await tx
      .select()
      .from(questions)
      .where(and(eq(questions.shopId, shop.id), eq(questions.sourceKey, sourceKey ?? '')));
    if (!earlier || keyedDigest(keys, earlier) !== sourceDigest) {
      throw new IdempotencyConflictError('question');
    }
    return {
      id: earlier.publicId,
      status: earlier.status === 'published' ? 'published' : 'pending',
    };
  });
  if (receipt.status === 'published') onOutbox();
  return receipt;
}

/** The product is part of what was asked: one key, two products, are two questions. */
function digestOf(productId: number, { body, author, email, locale }: QuestionSubmission): string {
  const parts = JSON.stringify([productId, body, author, email, locale]);
  return createHash('sha256').update(parts).digest('base64url');
}
