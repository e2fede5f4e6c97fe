/** A variant of a product: what a customer puts into the basket. Reviews are of the product. */
import type { productVariants, VariantOption } from '../../db/catalogue-schema.ts';
import { toTradedFields, type TradedFields } from '../products/traded.ts';

/** What a shop can tell of a variant. */
export interface VariantFields extends TradedFields {
  title: string;
  url: string | null;
  imageUrl: string | null;
  options: VariantOption[] | null;
}

/** A variant with all that was told of it. */
export interface Variant extends VariantFields {
  /** Stable, and unique over all shops. */
  number: number;
  /** The shop's own id; unique within the product. */
  externalId: string;
  productNumber: number;
  createdAt: Date;
  updatedAt: Date;
}

/** A row as what leaves the domain. */
export const toVariant = (row: typeof productVariants.$inferSelect): Variant => ({
  number: row.id,
  externalId: row.externalId,
  productNumber: row.productId,
  title: row.title,
  url: row.url,
  imageUrl: row.imageUrl,
  options: row.options,
  ...toTradedFields(row),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});
