/**
 * Indexes that are built after their rows are written: sorted and at once, that takes a third of what
 * each row takes by itself. Only where nobody else reads meanwhile: in the embedded database.
 */
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { asSystem } from './row-security.ts';

/** What runs statements as the database's owner. */
type Execute = (statement: string) => Promise<unknown>;

/**
 * Runs work that fills the table of reviews. Where more comes than there is, its indexes wait until the
 * work is done or has failed; should the process die meanwhile, they are built when the database is next
 * opened.
 * @param bytes of what comes
 */
export async function withLateIndexes<T>(
  db: Database,
  bytes: number,
  work: () => Promise<T>,
): Promise<T> {
  const isLate = await asSystem(db, (tx) => putOff(tx, bytes));
  try {
    return await work();
  } finally {
    if (isLate) await asSystem(db, (tx) => buildLate((statement) => tx.execute(statement)));
  }
}

/**
 * The catalogue itself notes what is put off, as it does of an index that is built beside writes. What
 * is unique stays: a second import of a review is told by it.
 * @returns whether they were put off
 */
async function putOff(tx: Database, bytes: number): Promise<boolean> {
  const result = await tx.execute(sql`
    update pg_index set indisready = false, indisvalid = false
    where indrelid = 'reviews'::regclass and not indisunique and pg_relation_size(indrelid) < ${bytes}
    returning 1 as one`);
  return (result as { rows: unknown[] }).rows.length > 0;
}

/** Builds the indexes that were put off, if any. */
export async function buildLate(execute: Execute): Promise<void> {
  const result = await execute(`select indexrelid::regclass::text as name from pg_index
    where indrelid = 'reviews'::regclass and not indisready`);
  for (const { name } of (result as { rows: { name: string }[] }).rows) {
    await execute(`reindex index ${name}`);
  }
}
