/**
 * The tables of imports, and what they add to reviews. The migration that makes them is written by
 * hand (`migrations/0010_imports.sql`, `0120_import_files.sql`).
 */
import { sql, type SQL } from 'drizzle-orm';
import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import { reviews, shops } from './schema.ts';

const number = () => bigint({ mode: 'number' });
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });

/** One row an import of one file into one shop. */
export const imports = pgTable('imports', {
  id: number().primaryKey().generatedAlwaysAsIdentity(),
  /** The id that people are told. */
  publicId: text().notNull().unique(),
  shopId: number()
    .notNull()
    .references(() => shops.id, { onDelete: 'cascade' }),
  /** What its reviews say of where they come from, such as `import:judgeme`. */
  source: text().notNull(),
  fileName: text().notNull(),
  /** Of the file's bytes and of how they are read: finds the import that broke off. */
  fileDigest: text().notNull(),
  state: text().$type<ImportState>().notNull(),
  /** Reads and counts only. */
  isDryRun: boolean().notNull().default(false),
  /** Why it failed, for people. */
  failure: text(),
  /** Rows of the file that need not be written again. */
  rowsDone: number().notNull().default(0),
  imported: number().notNull().default(0),
  known: number().notNull().default(0),
  failed: number().notNull().default(0),
  /** Reviews that an undoing has removed. */
  undone: number().notNull().default(0),
  startedAt: instant().notNull(),
  endedAt: instant(),
});

/**
 * An import that broke off stays `running`, an undoing that broke off `undoing`. It `failed` where the
 * file itself cannot be read to its end.
 */
export type ImportState = 'running' | 'done' | 'failed' | 'undoing' | 'undone';

/** One row a file that waits in a folder, until its import has ended. */
export const importFiles = pgTable('import_files', {
  id: number().primaryKey().generatedAlwaysAsIdentity(),
  /** Its name in the folder. */
  publicId: text().notNull().unique(),
  shopId: number()
    .notNull()
    .references(() => shops.id, { onDelete: 'cascade' }),
  importId: number()
    .notNull()
    .unique()
    .references(() => imports.id, { onDelete: 'cascade' }),
  /** What opens it, sealed. */
  key: text().notNull(),
  keyVersion: integer().notNull(),
  /** How it is to be read; whoever reads knows its shape. */
  plan: jsonb().notNull(),
  /** How often it was begun since it last got on. */
  attempts: integer().notNull().default(0),
  createdAt: instant().notNull(),
});

/** One row a row of a file that could not be taken as it was. */
export const importRowErrors = pgTable(
  'import_row_errors',
  {
    shopId: number()
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' }),
    importId: number()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    /** Counted from 1, without the heading. */
    row: number().notNull(),
    line: number().notNull(),
    field: text(),
    reason: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.row] })],
);

/**
 * The import that brought a review in; 0 for none. No foreign key: an import's row lives as long as
 * its shop, and the check would be made for each of a million rows.
 */
export const reviewImportId: SQL<number> = sql`${reviews}.import_id`;
