/**
 * The tables of imports, and what they add to reviews. The migration that makes them is written by
 * hand (`migrations/0010_imports.sql`).
 */
import { sql, type SQL } from 'drizzle-orm';
import { bigint, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
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

/** An import that broke off stays `running`, an undoing that broke off `undoing`. */
export type ImportState = 'running' | 'done' | 'undoing' | 'undone';

/**
 * The import that brought a review in; 0 for none. No foreign key: an import's row lives as long as
 * its shop, and the check would be made for each of a million rows.
 */
export const reviewImportId: SQL<number> = sql`${reviews}.import_id`;
