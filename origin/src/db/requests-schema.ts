/**
 * The table of answers that are kept for those who ask again. The migration that makes it is written by
 * hand (`migrations/0090_management.sql`).
 */
import { bigint, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { shops } from './schema.ts';

const number = () => bigint({ mode: 'number' });

/** One row a key that an app has sent with a request. */
export const requestAnswers = pgTable('request_answers', {
  id: number().primaryKey().generatedAlwaysAsIdentity(),
  shopId: number()
    .notNull()
    .references(() => shops.id, { onDelete: 'cascade' }),
  appId: text().notNull(),
  /** Unique within the app. */
  key: text().notNull(),
  /** Keyed digest of the request, to tell a retry from another one. */
  digest: text().notNull(),
  /** Sealed: it may hold a secret that is shown once. */
  answer: text().notNull(),
  keyVersion: integer().notNull(),
  createdAt: timestamp({ withTimezone: true, precision: 3, mode: 'date' }).notNull(),
});
