/**
 * The table of shops' data keys. The migration that makes it, and adds to other tables what sealing
 * needs, is written by hand (`migrations/0081_data_keys.sql`).
 */
import { bigint, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { shops } from './schema.ts';

const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });

/** One row a key; wrapped, so that the database alone opens nothing. */
export const dataKeys = pgTable(
  'data_keys',
  {
    shopId: bigint({ mode: 'number' })
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' }),
    kind: text().$type<'seal' | 'index'>().notNull(),
    /** From 1. The highest seals. */
    version: integer().notNull(),
    wrapped: text().notNull(),
    createdAt: instant().notNull(),
    /** When all that older keys had sealed was sealed with this one. */
    rotatedAt: instant(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.kind, table.version] })],
);
