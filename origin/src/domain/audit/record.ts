import { eq } from 'drizzle-orm';
import { auditActs, auditHeads } from '../../db/audit-schema.ts';
import type { Database } from '../../db/database.ts';
import type { Context } from '../context.ts';
import { hashAct, type Act } from './act.ts';
import type { AuditMark } from './verify.ts';

/** Whoever took the head of a log away wants acts to start anew. */
class BrokenLogError extends Error {
  constructor() {
    super('The audit log of this shop has lost its head: nothing is done that it should hold.');
  }
}

/**
 * Writes an act down, in the transaction that does it: neither is there without the other. It comes
 * last in there, as it holds the lock under which a shop's acts are numbered.
 * @returns its place in the log
 */
export async function recordAct(
  tx: Database,
  { shopId, verb, subject = null, details = {} }: Act,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
): Promise<AuditMark> {
  const own = eq(auditHeads.shopId, shopId);
  const [head] = await tx.select().from(auditHeads).where(own).for('update');
  if (!head) throw new BrokenLogError();
  const sequence = head.sequence + 1;
  const row = {
    shopId,
    sequence,
    at: now(),
    actor,
    verb,
    subject,
    details: JSON.stringify(details),
  };
  const hash = hashAct(head.hash, row);
  await tx.insert(auditActs).values({ ...row, hash });
  await tx.update(auditHeads).set({ sequence, hash }).where(own);
  return { sequence, hash };
}
