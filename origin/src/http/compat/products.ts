/** Products with their ratings, by name or one after another. */
import { ratingShardOf, ratingsTag, reviewsTag, shopTag } from '@plaudit/contract';
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import { findNumberedProducts, type RatedProduct } from '../../domain/ratings/find-numbered.ts';
import { listRatedProducts } from '../../domain/ratings/list-rated.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { addRead } from './add-read.ts';
import { envelope, toFloat } from './envelope.ts';
import { isProductId, readPage, readSince } from './parameters.ts';

/** Products that one question may name; further ones are left out. */
const NAMED_MAX = 100;
const BOTTOM_LINES = { name: 'count', usual: 10, most: 100 };

/** Adds the reads of products. */
export function addProductReads(app: Hono, { db }: Context): void {
  const information = '/v1/widget/:appKey/products/products_information';
  addRead(app, information, async ({ part, search }) => {
    const appKey = part('appKey');
    const ids = search.getAll('domain_keys[]').filter(isProductId).slice(0, NAMED_MAX);
    const found = await enterShop(db, appKey, (tx, { id }) => findNumberedProducts(tx, id, ids));
    // A product may be called `__proto__`: entries, never assignment.
    const products = Object.fromEntries(
      found.map((rated) => [rated.product.id, toInformation(rated)]),
    );
    const shards = [...new Set(ids.map(ratingShardOf))];
    return {
      body: envelope({ products }),
      policy: 'ratings',
      tags: [shopTag(appKey), ...shards.map((shard) => ratingsTag(appKey, shard))],
    };
  });

  addRead(app, '/v1/apps/:appKey/bottom_lines', async ({ part, search }) => {
    const appKey = part('appKey');
    const { page, size, offset } = readPage(search, BOTTOM_LINES);
    const query = { offset, limit: size, ...readSince(search) };
    const rated = await enterShop(db, appKey, (tx, { id }) => listRatedProducts(tx, id, query));
    const bottomlines = rated.map(({ product, summary }) => ({
      domain_key: product.id,
      product_score: toFloat(summary.average),
      total_reviews: summary.count,
    }));
    return {
      body: envelope({ bottomlines, page, per_page: size }, 'ok'),
      policy: 'ratings',
      tags: [shopTag(appKey), reviewsTag(appKey)],
    };
  });
}

const toInformation = ({ product, summary }: RatedProduct) => ({
  id: product.number,
  name: product.title ?? product.id,
  domain_key: product.id,
  product_link: product.url ?? '',
  product_url: product.url ?? '',
  image_url: product.imageUrl,
  score: summary.count > 0 ? toFloat(summary.average) : null,
  reviews_count: summary.count > 0 ? summary.count : null,
});
