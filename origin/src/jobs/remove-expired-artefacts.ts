import { lt } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { oauthArtefacts } from '../db/oauth-schema.ts';
import { removeBatch } from './remove-batch.ts';

/** So many at a time that the statement stays short. */
const ROWS_MAX = 1000;

/**
 * Removes tokens, codes and sessions that have expired, at most a thousand.
 * @returns how many were removed
 */
export const removeExpiredArtefacts = (db: Database, now: Date): Promise<number> =>
  removeBatch(db, oauthArtefacts, lt(oauthArtefacts.expiresAt, now), ROWS_MAX);
