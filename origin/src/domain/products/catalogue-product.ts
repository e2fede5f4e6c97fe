/** A product as its shop knows it. Not for visitors: they see `NumberedProduct`. */
import { and, eq, type SQL } from 'drizzle-orm';
import { productDetails } from '../../db/catalogue-schema.ts';
import { products } from '../../db/schema.ts';
import { NOTHING_TOLD, toTradedFields, type TradedFields } from './traded.ts';

/** What a shop can tell of a product. */
export interface ProductFields extends TradedFields {
  title: string | null;
  /** Visitors follow it: http or https only. */
  url: string | null;
  imageUrl: string | null;
  status: string | null;
  brand: string | null;
  mpn: string | null;
  handle: string | null;
  groupName: string | null;
  /** Whatever else the shop keeps with it. */
  properties: Record<string, unknown> | null;
}

/** A product with all that was told of it. */
export interface CatalogueProduct extends ProductFields {
  /** Stable, and unique over all shops. */
  number: number;
  /** The shop's own id. */
  externalId: string;
  /** Since when the shop has taken it away. */
  archivedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Which product is meant: by our number, or by the shop's own id. */
export type ProductName = { number: number } | { externalId: string };

/** The condition that finds it in its shop. */
export const isNamed = (shopId: number, name: ProductName): SQL | undefined =>
  and(
    eq(products.shopId, shopId),
    'number' in name ? eq(products.id, name.number) : eq(products.externalId, name.externalId),
  );

type Details = typeof productDetails.$inferSelect;

/** Rows as what leaves the domain; a product may have no details. */
export const toCatalogueProduct = (
  { id, externalId, title, url, imageUrl, archivedAt, createdAt }: typeof products.$inferSelect,
  details: Details | null,
): CatalogueProduct => ({
  number: id,
  externalId,
  title,
  url,
  imageUrl,
  archivedAt,
  createdAt,
  updatedAt: details?.updatedAt ?? createdAt,
  ...(details ? toDetails(details) : NO_DETAILS),
});

const NO_DETAILS = {
  status: null,
  brand: null,
  mpn: null,
  handle: null,
  groupName: null,
  properties: null,
  ...NOTHING_TOLD,
};

const toDetails = (details: Details) => ({
  status: details.status,
  brand: details.brand,
  mpn: details.mpn,
  handle: details.handle,
  groupName: details.groupName,
  properties: details.properties,
  ...toTradedFields(details),
});
