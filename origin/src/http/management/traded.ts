/** What products and variants have in common in the management API: what a shop tells of all that it sells. */
import { z } from 'zod';
import type { TradedFields } from '../../domain/products/traded.ts';
import { amount, count, currency, gtins, maybe, withoutNulls } from './catalogue-schema.ts';
import { instant, text } from './schema.ts';

/** As it is answered. */
export const traded = {
  description: z.string().exactOptional(),
  sku: z.string().exactOptional(),
  gtins: z.array(z.object({ type: z.string(), value: z.string() })).exactOptional(),
  price: z.number().exactOptional(),
  compareAtPrice: z.number().exactOptional(),
  currency: z.string().exactOptional(),
  inventoryQuantity: z.int().exactOptional(),
  isDiscontinued: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
};

/** As it is changed. */
export const tradedChange = {
  description: maybe(text(20_000)),
  sku: maybe(text(200)),
  gtins: maybe(gtins),
  price: maybe(amount),
  compareAtPrice: maybe(amount),
  currency: maybe(currency),
  inventoryQuantity: maybe(count),
  isDiscontinued: z.boolean().exactOptional(),
};

interface Traded extends TradedFields {
  createdAt: Date;
  updatedAt: Date;
}

/** Field by field, so that a new one stays inside. */
export const toTraded = (row: Traded) => ({
  ...withoutNulls({
    description: row.description,
    sku: row.sku,
    gtins: row.gtins,
    price: row.price,
    compareAtPrice: row.compareAtPrice,
    currency: row.currency,
    inventoryQuantity: row.inventoryQuantity,
  }),
  isDiscontinued: row.isDiscontinued,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
