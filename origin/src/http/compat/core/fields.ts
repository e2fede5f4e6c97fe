/** The fields of Core v3 that several resources have, as they come in. */
import { PRODUCT_ID_MAX_LENGTH, SITE_PRODUCT_ID } from '@plaudit/contract';
import { isStorableText } from '@plaudit/contract/schema';
import { z } from 'zod';
import { RESERVED_ID } from '../../../domain/products/site.ts';
import { isStorableInstant, isStorableJson } from '../../storable.ts';

const AMOUNT_MAX = 1e10;
const COUNT_MAX = 2_147_483_647;

/** A text that the database can hold. */
export const text = (most: number) =>
  z.string().max(most).refine(isStorableText, 'is not Unicode text');

/** The shop's own id; numbers are taken as they are written. */
export const externalId = z
  .union([z.string(), z.int()])
  .transform(String)
  .pipe(
    text(PRODUCT_ID_MAX_LENGTH)
      .min(1)
      .refine((id) => id !== SITE_PRODUCT_ID, RESERVED_ID),
  );

/** Clients send prices as numbers and as texts. */
export const amount = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,10}(?:\.\d+)?$/)
      .transform(Number),
  ])
  .refine((value) => Math.abs(value) < AMOUNT_MAX, 'is too large')
  .transform((value) => Math.round(value * 1e4) / 1e4);

export const count = z.int().min(-COUNT_MAX).max(COUNT_MAX);

export const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/, 'must be an ISO 4217 code')
  .transform((code) => code.toUpperCase());

/** With or without a time; what is later than any calendar is refused. */
export const instant = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d{2}-\d{2}/, 'must be a date')
  .transform((value) => new Date(value))
  .refine(isStorableInstant, 'must be a date');

/** Visitors follow it: what is neither http nor https is no address, and not kept. */
export const address = z
  .string()
  .max(2000)
  .transform((value) => {
    const url = URL.parse(value);
    return url && /^https?:$/.test(url.protocol) ? url.href : null;
  });

/** A field that may be left out, and may be null: not told, or nothing. */
export const maybe = <T extends z.ZodType>(type: T) => type.nullable().optional();

const PROPERTIES_MAX_LENGTH = 10_000;

/** Whatever a shop keeps with it. */
export const properties = z
  .record(text(200), z.unknown())
  .refine(isStorableJson, 'is not Unicode text')
  .refine((value) => JSON.stringify(value).length <= PROPERTIES_MAX_LENGTH, 'is too long');

/** What a product and a variant have in common. */
export const traded = {
  description: maybe(text(20_000)),
  url: maybe(address),
  image_url: maybe(address),
  price: maybe(amount),
  compare_at_price: maybe(amount),
  currency: maybe(currency),
  inventory_quantity: maybe(count),
  is_discontinued: maybe(z.boolean()),
  sku: maybe(text(200)),
  gtins: maybe(
    z
      .array(z.object({ declared_type: text(20), value: text(40) }))
      .max(20)
      .transform((gtins) => gtins.map(({ declared_type: type, value }) => ({ type, value }))),
  ),
  external_created_at: maybe(instant),
  external_updated_at: maybe(instant),
};

type Traded = z.infer<z.ZodObject<typeof traded>>;

/** The same in our words. */
export const fromTraded = (fields: Traded) => ({
  description: fields.description,
  url: fields.url,
  imageUrl: fields.image_url,
  price: fields.price,
  compareAtPrice: fields.compare_at_price,
  currency: fields.currency,
  inventoryQuantity: fields.inventory_quantity,
  isDiscontinued: fields.is_discontinued ?? undefined,
  sku: fields.sku,
  gtins: fields.gtins,
  externalCreatedAt: fields.external_created_at,
  externalUpdatedAt: fields.external_updated_at,
});
