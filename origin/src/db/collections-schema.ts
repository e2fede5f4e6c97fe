/**
 * The tables of how a shop groups its products. The migration that makes them, with the indexes, is
 * written by hand (`migrations/0110_collections.sql`).
 */
import { bigint, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const number = () => bigint({ mode: 'number' });
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });

/** One row a collection. */
export const collections = pgTable('collections', {
  id: number().primaryKey().generatedAlwaysAsIdentity(),
  shopId: number().notNull(),
  /** The shop's own id. */
  externalId: text().notNull(),
  title: text().notNull(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
});

/** One row a product of a collection. */
export const collectionProducts = pgTable(
  'collection_products',
  {
    collectionId: number().notNull(),
    productId: number().notNull(),
    shopId: number().notNull(),
  },
  (table) => [primaryKey({ columns: [table.collectionId, table.productId] })],
);
