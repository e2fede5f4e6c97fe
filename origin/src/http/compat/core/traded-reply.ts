import type { TradedFields } from '../../../domain/products/traded.ts';

/** What a product and a variant have in common, as it goes out. */
export const toTraded = (
  sold: TradedFields & {
    url: string | null;
    imageUrl: string | null;
    createdAt: Date;
    updatedAt: Date;
  },
) => ({
  description: sold.description,
  url: sold.url,
  // An address that is none is not kept.
  is_valid_url_format: sold.url !== null,
  image_url: sold.imageUrl,
  price: sold.price,
  compare_at_price: sold.compareAtPrice,
  currency: sold.currency,
  inventory_quantity: sold.inventoryQuantity,
  is_discontinued: sold.isDiscontinued,
  sku: sold.sku,
  gtins: (sold.gtins ?? []).map(({ type, value }) => ({ declared_type: type, value })),
  external_created_at: sold.externalCreatedAt,
  external_updated_at: sold.externalUpdatedAt,
  created_at: sold.createdAt,
  updated_at: sold.updatedAt,
});
