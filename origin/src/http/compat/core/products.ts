/** Products and their variants in Core v3. */
import { z } from 'zod';
import type { CatalogueProduct } from '../../../domain/products/catalogue-product.ts';
import { changeProduct, createProduct } from '../../../domain/products/change.ts';
import { findProduct, listCatalogue } from '../../../domain/products/list-catalogue.ts';
import { changeVariant, createVariant } from '../../../domain/variants/change.ts';
import { listVariants } from '../../../domain/variants/list.ts';
import type { Variant } from '../../../domain/variants/variant.ts';
import type { AddCall } from './call.ts';
import { address, externalId, fromTraded, maybe, properties, text, traded } from './fields.ts';
import { readCorePage, toPagination } from './page.ts';
import { toTraded } from './traded-reply.ts';

const NAME_MAX = 1000;
const name = text(NAME_MAX).min(1);

const productFields = z.object({
  ...traded,
  name: name.optional(),
  status: maybe(text(50)),
  group_name: maybe(text(200)),
  brand: maybe(text(200)),
  mpn: maybe(text(200)),
  handle: maybe(text(300)),
  custom_properties: maybe(properties),
});
const newProduct = z.object({
  product: productFields.extend({ external_id: externalId, name, url: address }),
});
const productChange = z.object({ product: productFields });

const variantFields = z.object({
  ...traded,
  name: name.optional(),
  options: maybe(z.array(z.object({ name: text(200), value: text(500) })).max(50)),
});
const newVariant = z.object({ variant: variantFields.extend({ external_id: externalId, name }) });
const variantChange = z.object({ variant: variantFields });

/** Adds the calls. */
export function addProductCalls(add: AddCall): void {
  add('GET', '/products', 'products:read', async ({ store, search }) => {
    const page = readCorePage(search);
    const found = await listCatalogue(store.domain.db, store.shopId, page);
    return { body: { products: found.rows.map(toProduct), pagination: toPagination(found, page) } };
  });

  add('POST', '/products', 'products:write', async ({ store, body }) => {
    const { product } = await body(newProduct);
    const { domain, appKey } = store;
    const made = await createProduct(domain, appKey, product.external_id, fromProduct(product));
    return { status: 201, body: { product: { yotpo_id: made.number } } };
  });

  add('GET', '/products/:product', 'products:read', async ({ store, number }) => {
    const found = await findProduct(store.domain.db, store.shopId, { number: number('product') });
    return { body: { product: toProduct(found) } };
  });

  add('PATCH', '/products/:product', 'products:write', async ({ store, number, body }) => {
    const { product } = await body(productChange);
    const meant = { number: number('product') };
    await changeProduct(store.domain, store.appKey, meant, fromProduct(product));
    return { body: { product: { yotpo_id: meant.number } } };
  });

  add('GET', '/products/:product/variants', 'products:read', async ({ store, number, search }) => {
    const page = readCorePage(search);
    const found = await listVariants(store.domain.db, store.shopId, number('product'), page);
    return { body: { variants: found.rows.map(toVariant), pagination: toPagination(found, page) } };
  });

  add('POST', '/products/:product/variants', 'products:write', async ({ store, number, body }) => {
    const { variant } = await body(newVariant);
    const meant = { number: number('product') };
    const made = await createVariant(store.domain, store.appKey, meant, {
      ...fromVariant(variant),
      externalId: variant.external_id,
      title: variant.name,
    });
    return { status: 201, body: { variant: { yotpo_id: made.number } } };
  });

  const variant = '/products/:product/variants/:variant';
  add('PATCH', variant, 'products:write', async ({ store, number, body }) => {
    const change = fromVariant((await body(variantChange)).variant);
    const meant = { productNumber: number('product'), number: number('variant') };
    await changeVariant(store.domain, store.appKey, meant, change);
    return { body: { variant: { yotpo_id: meant.number } } };
  });
}

const fromProduct = (fields: z.infer<typeof productFields>) => ({
  ...fromTraded(fields),
  title: fields.name,
  status: fields.status,
  groupName: fields.group_name,
  brand: fields.brand,
  mpn: fields.mpn,
  handle: fields.handle,
  properties: fields.custom_properties,
});

const fromVariant = (fields: z.infer<typeof variantFields>) => ({
  ...fromTraded(fields),
  title: fields.name,
  options: fields.options,
});

const toProduct = (product: CatalogueProduct) => ({
  yotpo_id: product.number,
  external_id: product.externalId,
  name: product.title ?? product.externalId,
  status: product.status,
  group_name: product.groupName,
  brand: product.brand,
  mpn: product.mpn,
  handle: product.handle,
  custom_properties: product.properties,
  ...toTraded(product),
});

const toVariant = (variant: Variant) => ({
  yotpo_id: variant.number,
  yotpo_product_id: variant.productNumber,
  external_id: variant.externalId,
  name: variant.title,
  options: variant.options ?? [],
  ...toTraded(variant),
});
