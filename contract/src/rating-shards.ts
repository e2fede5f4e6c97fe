import { fnv1a } from './hash.ts';
import { SITE_PRODUCT_ID } from './site-product.ts';

/**
 * Into how many shards a shop's ratings are cut. A listing page touches all of them at the worst, so
 * it stays small; a shop of 50,000 products has some 3,000 in each.
 */
export const RATING_SHARD_COUNT = 16;

/**
 * The shard a product's rating is kept in. Stored with the product: never change it lightly. The shop
 * itself is stored under an empty id.
 */
export const ratingShardOf = (productId: string): number =>
  fnv1a(productId === SITE_PRODUCT_ID ? '' : productId) % RATING_SHARD_COUNT;
