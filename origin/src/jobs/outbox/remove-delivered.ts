import { and, inArray, isNotNull, lt } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';

/** Long enough to look up what was told to the edges, and when. */
export const KEEP_DELIVERED_MS = 7 * 24 * 3_600_000;
/** So many at a time that the statement stays short. */
const ROWS_MAX = 1000;

/**
 * Removes rows that were delivered more than a week ago, at most a thousand.
 * @returns how many were removed
 */
export function removeDelivered(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEEP_DELIVERED_MS);
  return asSystem(db, async (tx) => {
    const old = tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(isNotNull(outbox.deliveredAt), lt(outbox.deliveredAt, before)))
      .limit(ROWS_MAX)
      .for('update', { skipLocked: true });
    const removed = await tx
      .delete(outbox)
      .where(inArray(outbox.id, old))
      .returning({ id: outbox.id });
    return removed.length;
  });
}
