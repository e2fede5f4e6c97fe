import { and, isNotNull, lt } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { outbox } from '../../db/schema.ts';
import { removeBatch } from '../remove-batch.ts';

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
  const isOld = and(isNotNull(outbox.deliveredAt), lt(outbox.deliveredAt, before));
  return removeBatch(db, outbox, isOld, ROWS_MAX);
}
