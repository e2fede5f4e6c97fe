/**
 * The table of erasures: what a restored backup has to be told. The migrations that make it are written by
 * hand (`migrations/0125_erasures.sql`, `0126_shop_removal.sql`).
 */
import { bigint, boolean, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** One row an erasure; it names nobody. */
export const erasures = pgTable('erasures', {
  /** Random: tells whether a backup was made before or after, whatever clocks said. */
  id: text().primaryKey(),
  shopId: bigint({ mode: 'number' }).notNull(),
  /** The keyed hash of the address, with the shop's index key, which is never changed; null: all of the shop. */
  emailHash: text(),
  /** Of a shop that was removed. */
  shopDigest: text(),
  removesReviews: boolean().notNull(),
  erasedAt: timestamp({ withTimezone: true, precision: 3, mode: 'date' }).notNull(),
});

/** An erasure as it is kept. */
export type Erasure = typeof erasures.$inferSelect;
