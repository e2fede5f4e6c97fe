/**
 * The tables of the audit log, which the database itself refuses to change. The migrations that make
 * them are written by hand (`migrations/0080_audit.sql`, `0127_audit_copies.sql`).
 */
import { bigint, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const number = () => bigint({ mode: 'number' });

/** One row an act, numbered from 1 in each shop. */
export const auditActs = pgTable(
  'audit_acts',
  {
    shopId: number().notNull(),
    sequence: number().notNull(),
    at: timestamp({ withTimezone: true, precision: 3, mode: 'date' }).notNull(),
    actor: text().notNull(),
    verb: text().notNull(),
    /** The id of what it was done to. */
    subject: text(),
    /** JSON, as the very text that the hash was made of. */
    details: text().notNull(),
    /** Of the hash before it and of this row. */
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.sequence] })],
);

/** The last act of each shop; locked while one is added. */
export const auditHeads = pgTable('audit_heads', {
  shopId: number().primaryKey(),
  sequence: number().notNull(),
  hash: text().notNull(),
});

/** How far each shop's log was copied to a place (`domain/audit/copied.ts`). */
export const auditCopies = pgTable(
  'audit_copies',
  {
    shopId: number().notNull(),
    /** Names the place. */
    target: text().notNull(),
    sequence: number().notNull(),
  },
  (table) => [primaryKey({ columns: [table.target, table.shopId] })],
);
