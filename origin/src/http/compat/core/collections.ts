/** Collections of products in Core v3. */
import { z } from 'zod';
import { createCollection, renameCollection } from '../../../domain/collections/change.ts';
import type { Collection } from '../../../domain/collections/collection.ts';
import { findCollection, listCollections } from '../../../domain/collections/list.ts';
import { placeProduct } from '../../../domain/collections/members.ts';
import type { AddCall } from './call.ts';
import { externalId, text } from './fields.ts';
import { readCorePage, toPagination } from './page.ts';

const name = text(1000).min(1);
const newCollection = z.object({ collection: z.object({ external_id: externalId, name }) });
const collectionChange = z.object({ collection: z.object({ name }) });
const member = z.object({ product: z.object({ external_id: externalId }) });

/** Adds the calls. */
export function addCollectionCalls(add: AddCall): void {
  add('GET', '/collections', 'products:read', async ({ store, search }) => {
    const page = readCorePage(search);
    const found = await listCollections(store.domain.db, store.shopId, page);
    const collections = found.rows.map(toCoreCollection);
    return { body: { collections, pagination: toPagination(found, page) } };
  });

  add('POST', '/collections', 'products:write', async ({ store, body }) => {
    const { external_id: externalId, name: title } = (await body(newCollection)).collection;
    const made = await createCollection(store.domain, store.appKey, { externalId, title });
    return { status: 201, body: { collection: { yotpo_id: made.number } } };
  });

  const one = '/collections/:collection';
  add('GET', one, 'products:read', async ({ store, number }) => {
    const found = await findCollection(store.domain.db, store.shopId, number('collection'));
    return { body: { collection: toCoreCollection(found) } };
  });

  add('PATCH', one, 'products:write', async ({ store, number, body }) => {
    const { name: title } = (await body(collectionChange)).collection;
    const meant = number('collection');
    await renameCollection(store.domain, store.appKey, meant, title);
    return { body: { collection: { yotpo_id: meant } } };
  });

  // Which product is meant stands in the body, also of a DELETE. Its names are a guess, those of a new
  // product; so is the answer.
  for (const { method, membership } of [
    { method: 'POST', membership: 'in' },
    { method: 'DELETE', membership: 'out' },
  ] as const) {
    add(method, `${one}/products`, 'products:write', async ({ store, number, body }) => {
      const { external_id: externalId } = (await body(member)).product;
      const meant = number('collection');
      await placeProduct(store.domain, store.appKey, meant, { externalId }, membership);
      return { body: { product: { external_id: externalId } } };
    });
  }

  const ofProduct = '/products/:product/collections';
  add('GET', ofProduct, 'products:read', async ({ store, number, search }) => {
    const page = readCorePage(search);
    const query = { ...page, productNumber: number('product') };
    const found = await listCollections(store.domain.db, store.shopId, query);
    const collections = found.rows.map(toCoreCollection);
    return { body: { collections, pagination: toPagination(found, page) } };
  });
}

const toCoreCollection = ({ number, externalId, title, createdAt, updatedAt }: Collection) => ({
  yotpo_id: number,
  external_id: externalId,
  name: title,
  created_at: createdAt,
  updated_at: updatedAt,
});
