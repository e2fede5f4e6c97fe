/** What was wrong with which row of an import. */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { importRowErrors } from '../../db/exchange-schema.ts';
import { inShop } from '../../db/row-security.ts';
import type { Import } from './start.ts';

/** A row that was left out, or taken with less than it held. It repeats nothing of the row. */
export interface ImportRowError {
  /** Counted from 1, without the heading. */
  row: number;
  /** Of the file, where the row ends. */
  line: number;
  field?: string | null;
  reason: string;
}

type Own = Pick<Import, 'id' | 'shopId'>;

/** So many at a time that the statement stays short. */
const BATCH_ROWS = 500;
/** A file of another kind has an error in every row. */
export const ROW_ERRORS_MAX = 10_000;

/** Keeps them, some at a time. */
export interface RowErrorKeeper {
  add: (error: ImportRowError) => Promise<void>;
  /** Keeps those that are left. */
  end: () => Promise<void>;
}

/** Starts to keep the first ten thousand of an import. Those that are told of again are kept once. */
export function createRowErrorKeeper(db: Database, { id, shopId }: Own): RowErrorKeeper {
  let waiting: (typeof importRowErrors.$inferInsert)[] = [];
  let told = 0;
  const end = async () => {
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    await inShop(db, shopId, async (tx) =>
      tx.insert(importRowErrors).values(rows).onConflictDoNothing(),
    );
  };
  return {
    async add({ row, line, field, reason }) {
      told += 1;
      if (told > ROW_ERRORS_MAX) return;
      waiting.push({ shopId, importId: id, row, line, field: field ?? null, reason });
      if (waiting.length === BATCH_ROWS) await end();
    },
    end,
  };
}

/** Those of an import in the order of its rows, at most so many, after a row. */
export function listRowErrors(
  db: Database,
  { id, shopId }: Own,
  limit: number,
  afterRow = 0,
): Promise<ImportRowError[]> {
  return inShop(db, shopId, async (tx) =>
    tx
      .select({
        row: importRowErrors.row,
        line: importRowErrors.line,
        field: importRowErrors.field,
        reason: importRowErrors.reason,
      })
      .from(importRowErrors)
      .where(and(eq(importRowErrors.importId, id), gt(importRowErrors.row, afterRow)))
      .orderBy(asc(importRowErrors.row))
      .limit(limit),
  );
}
