/** Variants of products in the management API: what a customer puts into the basket. */
import { z } from 'zod';
import { findProduct } from '../../domain/products/list-catalogue.ts';
import { findVariant } from '../../domain/variants/find.ts';
import { listVariants as list } from '../../domain/variants/list.ts';
import { removeVariant as remove } from '../../domain/variants/remove.ts';
import { saveVariant as save } from '../../domain/variants/save.ts';
import type { Variant } from '../../domain/variants/variant.ts';
import {
  address,
  maybe,
  numberedPage,
  toNext,
  toNumberedPage,
  withoutNulls,
} from './catalogue-schema.ts';
import { operation } from './operation.ts';
import { named, next, productId, text } from './schema.ts';
import { toTraded, traded, tradedChange } from './traded.ts';

const options = z.array(z.object({ name: text(200), value: text(500) })).max(50);

const variant = named(
  'Variant',
  z.object({
    id: z.string().describe('The shop’s own, unique within the product'),
    title: z.string(),
    url: z.string().exactOptional(),
    imageUrl: z.string().exactOptional(),
    options: z.array(z.object({ name: z.string(), value: z.string() })).exactOptional(),
    ...traded,
  }),
);

/** Field by field, so that a new one stays inside. */
const toVariant = (row: Variant): z.output<typeof variant> => ({
  id: row.externalId,
  title: row.title,
  ...withoutNulls({
    url: row.url,
    imageUrl: row.imageUrl,
    options: row.options,
  }),
  ...toTraded(row),
});

export const listVariants = operation({
  method: 'get',
  path: '/products/{productId}/variants',
  scope: 'products:read',
  summary: 'List the variants of a product',
  description: 'In the order in which they became known.',
  query: z.strictObject(numberedPage),
  answer: named('VariantPage', z.object({ variants: z.array(variant), next })),
  run: async ({ domain, shop, params, query }) => {
    const { number } = await findProduct(domain.db, shop.id, { externalId: params.productId });
    const found = await list(domain.db, shop.id, number, toNumberedPage(query));
    return { body: { variants: found.rows.map(toVariant), ...toNext(found) } };
  },
});

export const getVariant = operation({
  method: 'get',
  path: '/products/{productId}/variants/{variantId}',
  scope: 'products:read',
  summary: 'Get a variant',
  answer: variant,
  run: async ({ domain, shop, params }) => {
    const name = { productId: params.productId, externalId: params.variantId };
    return { body: toVariant(await findVariant(domain.db, shop.id, name)) };
  },
});

export const saveVariant = operation({
  method: 'post',
  path: '/products/{productId}/variants',
  scope: 'products:write',
  summary: 'Save a variant of a product',
  description:
    'Makes it or changes it. What is left out stays as it is; null clears a field. Asked again it changes nothing more.',
  body: named(
    'VariantChange',
    z.strictObject({
      id: productId,
      title: text(1_000).min(1).describe('The id, when it is made without one').exactOptional(),
      url: maybe(address),
      imageUrl: maybe(address),
      options: maybe(options),
      ...tradedChange,
    }),
  ),
  answer: variant,
  run: async ({ domain, shop, params, body: { id, ...fields } }) => {
    const name = { productId: params.productId, externalId: id };
    return { body: toVariant(await save(domain, shop.appKey, name, fields)) };
  },
});

export const removeVariant = operation({
  method: 'delete',
  path: '/products/{productId}/variants/{variantId}',
  scope: 'products:write',
  summary: 'Remove a variant',
  description: 'Reviews are of the product: none is touched.',
  status: 204,
  run: async ({ domain, shop, params }) => {
    const name = { productId: params.productId, externalId: params.variantId };
    await remove(domain, shop.appKey, name);
    return { body: undefined };
  },
});
