import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { BackupError } from './backup-error.ts';
import type { Table } from './tables.ts';

const BATCH_CHARACTERS = 1_000_000;
const BATCH_ROWS = 1000;

/** Writes lines of a backup back as rows, many at a time. */
export interface RowWriter {
  to: (table: Table | undefined, columns: string[]) => Promise<void>;
  add: (line: string) => Promise<void>;
  end: () => Promise<void>;
}

/** Starts to write rows. Values become what they were by their column's own reading of text. */
export function startInserting(tx: Database, onRows: (rows: number) => void): RowWriter {
  let insert = (_rows: string): Promise<unknown> => Promise.resolve();
  let batch: string[] = [];
  let characters = 0;
  const flush = async () => {
    if (batch.length === 0) return;
    await insert(`[${batch.join(',')}]`);
    onRows(batch.length);
    batch = [];
    characters = 0;
  };
  return {
    async to(table, columns) {
      await flush();
      insert = insertInto(tx, table, columns);
    },
    async add(line) {
      batch.push(line);
      characters += line.length;
      if (batch.length >= BATCH_ROWS || characters >= BATCH_CHARACTERS) await flush();
    },
    end: flush,
  };
}

function insertInto(tx: Database, table: Table | undefined, columns: string[]) {
  if (!table) throw new BackupError('The backup holds a table that its version does not have.');
  const values = columns.map((name, index) => {
    const type = table.columns.find((column) => column.name === name)?.type;
    if (type === undefined) {
      throw new BackupError(`The backup holds ${table.name}.${name}, which its version has not.`);
    }
    return sql.raw(`(line->>${index})::${type}`);
  });
  const names = columns.map((name) => sql.identifier(name));
  return (rows: string) =>
    tx.execute(sql`insert into ${sql.identifier(table.name)} (${sql.join(names, sql`, `)})
      overriding system value select ${sql.join(values, sql`, `)}
      from jsonb_array_elements(${rows}::jsonb) as lines (line)`);
}
