import { sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../db/database.ts';
import { asSystem } from '../db/row-security.ts';

/**
 * Removes rows of a table, at most so many that the statement stays short; those that somebody works
 * on stay for the next time.
 * @returns how many were removed
 */
export function removeBatch(
  db: Database,
  table: PgTable,
  isOld: SQL | undefined,
  rowsMax: number,
): Promise<number> {
  return asSystem(db, async (tx) => {
    const old = sql`select id from ${table} where ${isOld} limit ${rowsMax} for update skip locked`;
    const result = await tx.execute(sql`delete from ${table} where id in (${old}) returning id`);
    return (result as { rows: unknown[] }).rows.length;
  });
}
