/** What there is to back up: read from the database's own catalogue, so that no table is forgotten. */
import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { rowsOf } from '../db/rows-of.ts';
import { startTally, type Tally } from './tally.ts';

/** A column that is written; generated ones are not. */
export interface Column {
  name: string;
  type: string;
}

/** A table of ours. */
export interface Table {
  name: string;
  columns: Column[];
  /** How many rows are read at once: memory must not grow with photos. */
  rowsAtOnce: number;
}

const ROWS_AT_ONCE = 1000;
const WIDE_ROWS_AT_ONCE = 8;

/**
 * Sets, for the transaction, how values are written as text, whatever the server's settings; and has
 * rows that row-level security would hide fail the transaction instead of being left out.
 */
export async function fixTextForms(tx: Database): Promise<void> {
  await tx.execute(sql`select set_config(name, value, true) from (values
    ('timezone', 'UTC'), ('datestyle', 'ISO, MDY'), ('intervalstyle', 'postgres'),
    ('extra_float_digits', '1'), ('bytea_output', 'hex'), ('row_security', 'off')) as forms (name, value)`);
}

/** All tables, by name. */
export async function listTables(tx: Database): Promise<Table[]> {
  const tables = await rowsOf<{ name: string; columns: Column[] }>(
    tx,
    sql`select c.relname as name, json_agg(json_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        group by c.relname order by c.relname collate "C"`,
  );
  return tables.map((table) => ({
    ...table,
    rowsAtOnce: table.columns.some(({ type }) => type === 'bytea')
      ? WIDE_ROWS_AT_ONCE
      : ROWS_AT_ONCE,
  }));
}

/** The rows of a table as lines: JSON arrays of every column's text form. In a transaction. */
export async function* readLines(tx: Database, table: Table): AsyncGenerator<string[]> {
  const fields = table.columns.map(({ name }) => sql`${sql.identifier(name)}::text`);
  const source = sql.identifier(table.name);
  await tx.execute(sql`declare backup_rows no scroll cursor for
    select json_build_array(${sql.join(fields, sql`, `)})::text as line from ${source}`);
  const next = sql.raw(`fetch ${table.rowsAtOnce} from backup_rows`);
  for (;;) {
    const rows = await rowsOf<{ line: string }>(tx, next);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await tx.execute(sql`close backup_rows`);
}

/** The tallies of all tables, as they are now. */
export async function tallyTables(tx: Database): Promise<Record<string, Tally>> {
  const tallies: Record<string, Tally> = {};
  for (const table of await listTables(tx)) {
    const tally = startTally();
    for await (const lines of readLines(tx, table)) for (const line of lines) tally.add(line);
    tallies[table.name] = tally.end();
  }
  return tallies;
}

/** How far every sequence is; null for one that was never used. */
export async function readSequences(tx: Database): Promise<Record<string, string | null>> {
  const sequences = await rowsOf<{ name: string; last: string | null }>(
    tx,
    sql`select sequencename as name, last_value::text as last from pg_sequences
        where schemaname = 'public' order by sequencename collate "C"`,
  );
  return Object.fromEntries(sequences.map(({ name, last }) => [name, last]));
}
