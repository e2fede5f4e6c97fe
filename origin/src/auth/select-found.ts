import { getTableColumns, sql, type InferSelectModel, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../db/database.ts';

/** Reads rows of a table from a database function that gives such rows. */
export async function selectFound<T extends PgTable>(
  db: Database,
  table: T,
  call: SQL,
): Promise<InferSelectModel<T>[]> {
  // As expressions: a builder would refuse the columns, as it is not the table that is read.
  const fields: Record<string, SQL> = Object.fromEntries(
    Object.entries(getTableColumns(table)).map(([name, column]) => [
      name,
      sql`${column}`.mapWith(column),
    ]),
  );
  const rows = await db.select(fields).from(sql`${call} as ${table}`);
  return rows as InferSelectModel<T>[];
}
