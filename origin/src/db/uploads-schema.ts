/**
 * The table of visitors' photos. They live in the database, so that they are committed, kept apart by
 * shop, backed up and erased with the reviews they belong to. The migration is written by hand
 * (`migrations/0071_uploads.sql`).
 */
import { bigint, customType, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { reviews, shops } from './schema.ts';

const number = () => bigint({ mode: 'number' });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

/** One row a photo. */
export const uploads = pgTable('uploads', {
  id: number().primaryKey().generatedAlwaysAsIdentity(),
  publicId: text().notNull().unique(),
  shopId: number()
    .notNull()
    .references(() => shops.id, { onDelete: 'cascade' }),
  /** Null until a review is submitted with it. */
  reviewId: number().references(() => reviews.id, { onDelete: 'cascade' }),
  small: bytea().notNull(),
  medium: bytea().notNull(),
  large: bytea().notNull(),
  createdAt: timestamp({ withTimezone: true, precision: 3, mode: 'date' }).notNull(),
});
