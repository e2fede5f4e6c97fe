import { and, isNotNull, lt } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { webhookDeliveries } from '../../db/webhook-schema.ts';
import { removeBatch } from '../remove-batch.ts';

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
  const isOld = and(
    isNotNull(webhookDeliveries.settledAt),
    lt(webhookDeliveries.settledAt, before),
  );
  return removeBatch(db, webhookDeliveries, isOld, ROWS_MAX);
}
