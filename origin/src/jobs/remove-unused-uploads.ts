import { and, inArray, isNull, lt } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { asSystem } from '../db/row-security.ts';
import { uploads } from '../db/uploads-schema.ts';

/** Nobody writes on one review for longer. */
export const KEEP_UNUSED_MS = 24 * 3_600_000;
/** So many at a time that the statement stays short. */
const ROWS_MAX = 200;

/**
 * Removes photos that no review was submitted with for a day, at most two hundred.
 * @returns how many were removed
 */
export function removeUnusedUploads(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEEP_UNUSED_MS);
  return asSystem(db, async (tx) => {
    const unused = tx
      .select({ id: uploads.id })
      .from(uploads)
      .where(and(isNull(uploads.reviewId), lt(uploads.createdAt, before)))
      .limit(ROWS_MAX)
      .for('update', { skipLocked: true });
    const removed = await tx
      .delete(uploads)
      .where(inArray(uploads.id, unused))
      .returning({ id: uploads.id });
    return removed.length;
  });
}
