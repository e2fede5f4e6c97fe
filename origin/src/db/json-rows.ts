import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';

/**
 * Rows for an `insert … select`. They travel as one JSON document: a parameter for each of their cells
 * takes longer to put together than the rows to write. For tables without generated columns.
 * @param rows with every column: none is filled in
 */
export function jsonRows<T extends PgTable>(table: T, rows: readonly T['$inferSelect'][]): SQL {
  const definitions = Object.entries(getTableColumns(table)).map(
    ([name, column]) => sql`${sql.identifier(name)} ${sql.raw(column.getSQLType())}`,
  );
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as row (${sql.join(definitions, sql`, `)})`;
}
