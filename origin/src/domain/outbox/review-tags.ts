import { productTag, ratingShardOf, ratingsTag, reviewsTag, shopTag } from '@plaudit/contract';

/** With more products than this changed at once, the shop's one tag is cheaper than theirs. */
const PRODUCTS_MAX = 200;

/** The tags of every answer that shows reviews or ratings of these products. */
export function reviewTags(appKey: string, productIds: readonly string[]): string[] {
  if (productIds.length > PRODUCTS_MAX) return [shopTag(appKey)];
  return [
    reviewsTag(appKey),
    ...productIds.flatMap((id) => [productTag(appKey, id), ratingsTag(appKey, ratingShardOf(id))]),
  ];
}
