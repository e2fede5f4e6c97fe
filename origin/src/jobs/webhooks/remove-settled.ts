import { and, inArray, isNotNull, lt } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { asSystem } from '../../db/row-security.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';

/** How far back a merchant can look, and replay. */
export const KEEP_SETTLED_MS = 30 * 24 * 3_600_000;
/** So many at a time that the statement stays short. */
const ROWS_MAX = 1000;

/**
 * Removes deliveries that were settled more than thirty days ago, at most a thousand. What is held
 * or waits stays.
 * @returns how many were removed
 */
export function removeSettled(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEEP_SETTLED_MS);
  return asSystem(db, async (tx) => {
    const old = tx
      .select({ id: webhookDeliveries.id })
      .from(webhookDeliveries)
      .where(and(isNotNull(webhookDeliveries.settledAt), lt(webhookDeliveries.settledAt, before)))
      .limit(ROWS_MAX)
      .for('update', { skipLocked: true });
    const removed = await tx
      .delete(webhookDeliveries)
      .where(inArray(webhookDeliveries.id, old))
      .returning({ id: webhookDeliveries.id });
    return removed.length;
  });
}
