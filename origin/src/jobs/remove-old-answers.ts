import { lt } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { requestAnswers } from '../db/requests-schema.ts';
import { removeBatch } from './remove-batch.ts';

const KEPT_MS = 24 * 60 * 60_000;
/** So many at a time that the statement stays short. */
const ROWS_MAX = 1000;

/**
 * Removes the answers of requests that nobody will send again, at most a thousand.
 * @returns how many were removed
 */
export const removeOldAnswers = (db: Database, now: Date): Promise<number> =>
  removeBatch(
    db,
    requestAnswers,
    lt(requestAnswers.createdAt, new Date(now.getTime() - KEPT_MS)),
    ROWS_MAX,
  );
