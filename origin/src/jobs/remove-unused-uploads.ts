import { and, isNull, lt } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { uploads } from '../db/uploads-schema.ts';
import { removeBatch } from './remove-batch.ts';

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
  const isOld = and(isNull(uploads.reviewId), lt(uploads.createdAt, before));
  return removeBatch(db, uploads, isOld, ROWS_MAX);
}
