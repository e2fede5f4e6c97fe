/** Products in the management API. */
import { z } from 'zod';
import type { CatalogueProduct } from '../../domain/products/catalogue-product.ts';
import { findProduct, listCatalogue } from '../../domain/products/list-catalogue.ts';
import { saveProduct as save } from '../../domain/products/save.ts';
import {
  address,
  amount,
  count,
  currency,
  maybe,
  numberedPage,
  toNext,
  toNumberedPage,
  withoutNulls,
} from './catalogue-schema.ts';
import { operation } from './operation.ts';
import { instant, named, next, productId, text } from './schema.ts';

const PROPERTIES_MAX_LENGTH = 10_000;

const properties = z
  .record(text(200), z.json())
  .refine((value) => JSON.stringify(value).length <= PROPERTIES_MAX_LENGTH, 'must be shorter');
const gtins = z.array(z.object({ type: text(20), value: text(40) })).max(20);

const product = named(
  'Product',
  z.object({
    id: z.string().describe('The shop’s own'),
    title: z.string().exactOptional(),
    url: z.string().exactOptional(),
    imageUrl: z.string().exactOptional(),
    status: z.string().exactOptional(),
    brand: z.string().exactOptional(),
    mpn: z.string().exactOptional(),
    handle: z.string().exactOptional(),
    groupName: z.string().exactOptional(),
    description: z.string().exactOptional(),
    sku: z.string().exactOptional(),
    gtins: z.array(z.object({ type: z.string(), value: z.string() })).exactOptional(),
    price: z.number().exactOptional(),
    compareAtPrice: z.number().exactOptional(),
    currency: z.string().exactOptional(),
    inventoryQuantity: z.int().exactOptional(),
    isDiscontinued: z.boolean(),
    properties: z.record(z.string(), z.unknown()).exactOptional(),
    createdAt: instant,
    updatedAt: instant,
  }),
);

/** Field by field, so that a new one stays inside. */
const toProduct = (row: CatalogueProduct): z.output<typeof product> => ({
  id: row.externalId,
  ...withoutNulls({
    title: row.title,
    url: row.url,
    imageUrl: row.imageUrl,
    status: row.status,
    brand: row.brand,
    mpn: row.mpn,
    handle: row.handle,
    groupName: row.groupName,
    description: row.description,
    sku: row.sku,
    gtins: row.gtins,
    price: row.price,
    compareAtPrice: row.compareAtPrice,
    currency: row.currency,
    inventoryQuantity: row.inventoryQuantity,
    properties: row.properties,
  }),
  isDiscontinued: row.isDiscontinued,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const listProducts = operation({
  method: 'get',
  path: '/products',
  scope: 'products:read',
  summary: 'List products',
  description: 'In the order in which they became known; those too that only reviews have named.',
  query: z.strictObject(numberedPage),
  answer: named('ProductPage', z.object({ products: z.array(product), next })),
  run: async ({ domain, shop, query }) => {
    const found = await listCatalogue(domain.db, shop.id, toNumberedPage(query));
    return { body: { products: found.rows.map(toProduct), ...toNext(found) } };
  },
});

export const getProduct = operation({
  method: 'get',
  path: '/products/{productId}',
  scope: 'products:read',
  summary: 'Get a product',
  answer: product,
  run: async ({ domain, shop, params }) => ({
    body: toProduct(await findProduct(domain.db, shop.id, { externalId: params.productId })),
  }),
});

export const saveProduct = operation({
  method: 'post',
  path: '/products',
  scope: 'products:write',
  summary: 'Save a product',
  description:
    'Makes it or changes it. What is left out stays as it is; null clears a field. Asked again it changes nothing more.',
  body: named(
    'ProductChange',
    z.strictObject({
      id: productId,
      title: maybe(text(1_000)),
      url: maybe(address),
      imageUrl: maybe(address),
      status: maybe(text(50)),
      brand: maybe(text(200)),
      mpn: maybe(text(200)),
      handle: maybe(text(300)),
      groupName: maybe(text(200).describe('Products of one group share their reviews')),
      description: maybe(text(20_000)),
      sku: maybe(text(200)),
      gtins: maybe(gtins),
      price: maybe(amount),
      compareAtPrice: maybe(amount),
      currency: maybe(currency),
      inventoryQuantity: maybe(count),
      isDiscontinued: z.boolean().exactOptional(),
      properties: maybe(properties),
    }),
  ),
  answer: product,
  run: async ({ domain, shop, body: { id, ...fields } }) => ({
    body: toProduct(await save(domain, shop.appKey, id, fields)),
  }),
});
