import { RATINGS_IDS_MAX, ratingsPath, type ProductRating, type Ratings } from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/**
 * Ratings of any number of products, by product id; products without a published review are left
 * out. One call for each 250 ids, sorted and without repeats, so that pages share cached answers.
 */
export async function readRatings(
  { appKey, request }: Shop,
  productIds: Iterable<string>,
  options?: CallOptions,
): Promise<Record<string, ProductRating>> {
  const ids = [...new Set(productIds)].toSorted();
  const calls = [];
  while (ids.length) {
    const list = ids.splice(0, RATINGS_IDS_MAX).map(encodeURIComponent).join(',');
    calls.push(request<Ratings>(`${ratingsPath(appKey)}?ids=${list}`, options));
  }
  const answers = await Promise.all(calls);
  // Without a prototype, so that no product is called `constructor` by accident.
  return Object.assign(Object.create(null), ...answers.map(({ ratings }) => ratings));
}
