/**
 * The table of erasures: what a restored backup has to be told. The migrations that make it are written by
 * hand (`migrations/0125_erasures.sql`, `0126_shop_removal.sql`, `0129_withdrawn_reviews.sql`).
 */
import { bigint, boolean, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** One row an erasure; it names nobody. */
export const erasures = pgTable('erasures', {
  /** Random: tells whether a backup was made before or after, whatever clocks said. */
  id: text().primaryKey(),
  shopId: bigint({ mode: 'number' }).notNull(),
  /** One of three: the keyed hash of an address, with the shop's index key, which is never changed; */
  emailHash: text(),
  /** of a shop that was removed; */
  shopDigest: text(),
  /** the public id of a review that its writer withdrew, */
  reviewId: text(),
  /** and what its secret is known by. */
  editDigest: text(),
  removesReviews: boolean().notNull(),
  erasedAt: timestamp({ withTimezone: true, precision: 3, mode: 'date' }).notNull(),
});

/** An erasure as it is kept. */
export type Erasure = typeof erasures.$inferSelect;

/** What an erasure is not of. */
export const NOBODY = {
  emailHash: null,
  shopDigest: null,
  reviewId: null,
  editDigest: null,
} as const;
