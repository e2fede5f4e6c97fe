/** Does once what is asked several times under one key, and answers the same each time. */
import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { requestAnswers } from '../../db/requests-schema.ts';
import { inShop } from '../../db/row-security.ts';
import type { Context } from '../context.ts';
import { IdempotencyConflictError } from '../errors.ts';

/** A request that may come again. */
export interface RepeatableRequest {
  appId: string;
  /** The app's own; 8 to 255 characters. */
  key: string;
  /** All that the request says: under one key it must be the same. */
  content: string;
}

/**
 * Does the work and keeps its answer in one transaction, so that neither is there without the other. A
 * request that comes while the first is under way waits for it. Answers are kept for a day. What fails
 * leaves nothing, and may be asked again.
 * @param work is given the context to work in: one transaction
 * @throws IdempotencyConflictError
 * @throws KeysUnavailableError
 */
export async function answerOnce(
  context: Context,
  shopId: number,
  { appId, key, content }: RepeatableRequest,
  work: (context: Context) => Promise<string>,
): Promise<string> {
  const keys = await context.vault.keysOf(shopId);
  const digest = keys.digest(createHash('sha256').update(content).digest('base64url'));
  const place = { column: 'request_answers.answer', row: `${appId} ${key}` } as const;
  let wakes = 0;
  const within = {
    ...context,
    // Asked for keys in a transaction, the embedded database would wait for itself.
    vault: { ...context.vault, keysOf: () => Promise.resolve(keys) },
    onOutbox: () => {
      wakes += 1;
    },
  };
  const earlier = await inShop(context.db, shopId, async (tx) => {
    const [own] = await tx
      .insert(requestAnswers)
      .values({
        shopId,
        appId,
        key,
        digest,
        answer: '',
        keyVersion: keys.version,
        createdAt: context.now(),
      })
      .onConflictDoNothing()
      .returning({ id: requestAnswers.id });
    if (own) {
      const answer = await work({ ...within, db: tx });
      await tx
        .update(requestAnswers)
        .set({ answer: keys.seal(place, answer) })
        .where(eq(requestAnswers.id, own.id));
      return { isNew: true, answer } as const;
    }
    const [found] = await tx
      .select()
      .from(requestAnswers)
      .where(
        and(
          eq(requestAnswers.shopId, shopId),
          eq(requestAnswers.appId, appId),
          eq(requestAnswers.key, key),
        ),
      );
    return { isNew: false, found } as const;
  });
  if (wakes > 0) context.onOutbox();
  if (earlier.isNew) return earlier.answer;
  const { found } = earlier;
  if (found?.digest !== digest) throw new IdempotencyConflictError('request');
  return (await context.vault.keysOf(shopId, found.keyVersion)).open(place, found.answer);
}
