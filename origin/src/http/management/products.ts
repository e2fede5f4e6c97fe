/** Products in the management API. */
import { z } from 'zod';
import {
  archiveProduct as archive,
  restoreProduct as restore,
} from '../../domain/products/archive.ts';
import type { CatalogueProduct } from '../../domain/products/catalogue-product.ts';
import { findProduct, listCatalogue } from '../../domain/products/list-catalogue.ts';
import { saveProduct as save } from '../../domain/products/save.ts';
import {
  address,
  maybe,
  numberedPage,
  toNext,
  toNumberedPage,
  withoutNulls,
} from './catalogue-schema.ts';
import { isStorableJson } from '../storable.ts';
import { operation } from './operation.ts';
import { instant, named, next, productId, text } from './schema.ts';
import { toTraded, traded, tradedChange } from './traded.ts';

const PROPERTIES_MAX_LENGTH = 10_000;

const properties = z
  .record(text(200), z.unknown())
  .refine(isStorableJson, 'must be well-formed text throughout')
  .refine((value) => JSON.stringify(value).length <= PROPERTIES_MAX_LENGTH, 'must be shorter');

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
    ...traded,
    archivedAt: instant.describe('Since when it is taken away').exactOptional(),
    properties: z.record(z.string(), z.unknown()).exactOptional(),
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
    properties: row.properties,
    archivedAt: row.archivedAt?.toISOString() ?? null,
  }),
  ...toTraded(row),
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
      ...tradedChange,
      properties: maybe(properties),
    }),
  ),
  answer: product,
  run: async ({ domain, shop, body: { id, ...fields } }) => ({
    body: toProduct(await save(domain, shop.appKey, id, fields)),
  }),
});

/** Two hundred reviews each: some seconds. */
const BATCHES_MAX = 20;

const archiving = named(
  'Archiving',
  z.object({
    reviews: z.int().describe('That went or came with it, this time'),
    isDone: z.boolean().describe('There are no more: otherwise ask again'),
  }),
);

export const archiveProduct = operation({
  method: 'delete',
  path: '/products/{productId}',
  scope: 'products:write',
  summary: 'Take a product away',
  description:
    'It is archived with its published reviews, which no list and no rating shows any more, 4,000 at the most: ask again until it is done. What is written of it afterwards waits for the shop. Nothing is deleted: all of it comes back when the product is restored.',
  answer: archiving,
  run: async ({ domain, shop, params }) => ({
    body: await archive(domain, shop.appKey, params.productId, { batchesMax: BATCHES_MAX }),
  }),
});

export const restoreProduct = operation({
  method: 'post',
  path: '/products/{productId}/restore',
  scope: 'products:write',
  summary: 'Bring a product back',
  description:
    'With the reviews that went with it and on which nothing was decided since, 4,000 at the most: ask again until it is done.',
  answer: archiving,
  run: async ({ domain, shop, params }) => ({
    body: await restore(domain, shop.appKey, params.productId, { batchesMax: BATCHES_MAX }),
  }),
});
