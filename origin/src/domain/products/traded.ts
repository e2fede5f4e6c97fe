/** What a product and a variant have in common when they are sold. */
import type { Gtin, productDetails } from '../../db/catalogue-schema.ts';

/** What a shop can tell of it; null is what it has not told. */
export interface TradedFields {
  description: string | null;
  sku: string | null;
  gtins: Gtin[] | null;
  /** At most four decimals and ten digits before them, in `currency`. */
  price: number | null;
  compareAtPrice: number | null;
  /** ISO 4217. */
  currency: string | null;
  inventoryQuantity: number | null;
  isDiscontinued: boolean;
  /** When the shop's own system says that it was made and changed. */
  externalCreatedAt: Date | null;
  externalUpdatedAt: Date | null;
}

/** Fields to change; null clears one, and what is left out stays as it is. */
export type Change<T> = { [Name in keyof T]?: T[Name] | undefined };

/** Of what no shop has told. */
export const NOTHING_TOLD: TradedFields = {
  description: null,
  sku: null,
  gtins: null,
  price: null,
  compareAtPrice: null,
  currency: null,
  inventoryQuantity: null,
  isDiscontinued: false,
  externalCreatedAt: null,
  externalUpdatedAt: null,
};

/** A row's fields, one by one: what else the row holds stays inside. */
export const toTradedFields = (
  row: Pick<typeof productDetails.$inferSelect, keyof TradedFields>,
): TradedFields => ({
  description: row.description,
  sku: row.sku,
  gtins: row.gtins,
  price: row.price,
  compareAtPrice: row.compareAtPrice,
  currency: row.currency,
  inventoryQuantity: row.inventoryQuantity,
  isDiscontinued: row.isDiscontinued,
  externalCreatedAt: row.externalCreatedAt,
  externalUpdatedAt: row.externalUpdatedAt,
});
