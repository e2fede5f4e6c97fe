import { and, asc, eq, exists, gt, inArray, isNull, lt, lte, not, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../../db/database.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';

/** A row of the outbox. */
export type OutboxRow = typeof outbox.$inferSelect;

/** Whoever claims a row has this long to settle it; after that it is anybody's again. */
export const LEASE_MS = 30_000;

/**
 * Claims the rows that are due, oldest first, by putting them off for the length of a lease: nothing
 * is locked while they are sent, and a dispatcher that dies loses nothing. A row waits for the older
 * ones of its shop, so each shop's rows go out in order, whoever sends them.
 */
export function claimDueRows(db: Database, now: Date, limit: number): Promise<OutboxRow[]> {
  return asSystem(db, async (tx) => {
    const older = alias(outbox, 'older');
    const isBlocked = exists(
      tx
        .select({ one: sql`1` })
        .from(older)
        .where(
          and(
            eq(older.shopId, outbox.shopId),
            lt(older.id, outbox.id),
            isNull(older.deliveredAt),
            gt(older.nextAttemptAt, now),
          ),
        ),
    );
    const rows = await tx
      .select()
      .from(outbox)
      .where(and(isNull(outbox.deliveredAt), lte(outbox.nextAttemptAt, now), not(isBlocked)))
      .orderBy(asc(outbox.id))
      .limit(limit)
      // Of two dispatchers that look at the same time, each takes its own.
      .for('update', { skipLocked: true });
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const nextAttemptAt = new Date(now.getTime() + LEASE_MS);
    await tx.update(outbox).set({ nextAttemptAt }).where(inArray(outbox.id, ids));
    return rows;
  });
}

/** Notes that these were delivered. */
export async function settleRows(db: Database, ids: readonly number[], now: Date): Promise<void> {
  await asSystem(db, async (tx) =>
    tx
      .update(outbox)
      .set({ deliveredAt: now, attempts: sql`${outbox.attempts} + 1` })
      .where(inArray(outbox.id, [...ids])),
  );
}

/** Notes that these were not, and when to try again. */
export async function postponeRows(
  db: Database,
  ids: readonly number[],
  nextAttemptAt: Date,
): Promise<void> {
  await asSystem(db, async (tx) =>
    tx
      .update(outbox)
      .set({ nextAttemptAt, attempts: sql`${outbox.attempts} + 1` })
      .where(inArray(outbox.id, [...ids])),
  );
}
