/**
 * The tables of what a shop tells of its products. The migration that makes them, with the indexes, is
 * written by hand (`migrations/0100_catalogue.sql`).
 */
import {
  bigint,
  boolean,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

const number = () => bigint({ mode: 'number' });
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
const amount = () => numeric({ precision: 14, scale: 4, mode: 'number' });

/** A number of the trade's own systems, such as an EAN, and which of them it is of. */
export interface Gtin {
  type: string;
  value: string;
}

/** What sets a variant apart from others of its product. */
export interface VariantOption {
  name: string;
  value: string;
}

/** What is sold: the columns that a product and a variant have in common. */
const traded = () => ({
  description: text(),
  sku: text(),
  gtins: jsonb().$type<Gtin[]>(),
  price: amount(),
  compareAtPrice: amount(),
  /** ISO 4217. */
  currency: text(),
  inventoryQuantity: integer(),
  isDiscontinued: boolean().notNull().default(false),
  /** When the shop's own system says that it was made and changed. */
  externalCreatedAt: instant(),
  externalUpdatedAt: instant(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
});

/** One row a product that the shop has told of; others are known by their reviews alone. */
export const productDetails = pgTable('product_details', {
  productId: number().primaryKey(),
  shopId: number().notNull(),
  status: text(),
  brand: text(),
  mpn: text(),
  handle: text(),
  groupName: text(),
  properties: jsonb().$type<Record<string, unknown>>(),
  ...traded(),
});

/** One row a variant. */
export const productVariants = pgTable('product_variants', {
  id: number().primaryKey().generatedAlwaysAsIdentity(),
  shopId: number().notNull(),
  productId: number().notNull(),
  /** The shop's own id; unique within the product. */
  externalId: text().notNull(),
  title: text().notNull(),
  url: text(),
  imageUrl: text(),
  options: jsonb().$type<VariantOption[]>(),
  ...traded(),
});
