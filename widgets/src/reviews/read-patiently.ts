/** The shop's calls with deadline and new tries; needed by no first view, so a chunk of its own. */

import {
  openShop,
  readProductReviews,
  readShopReviews,
  type CallOptions,
  type ReviewPage,
  type ReviewQuery,
  type Shop,
} from '@plaudit/sdk';
import type { ChunkPlace } from '../lazy-view.ts';

/** Where a place's calls go. */
export type Address = Pick<ChunkPlace, 'edge' | 'appKey'>;

export const toShop = (address: Address): Shop =>
  openShop({ ...address, fetch: (url, init) => fetch(url, { ...init, credentials: 'omit' }) });

/** Reads a page of the product's reviews, or of the whole shop's. */
export const readPatiently = (
  { edge, appKey, product }: Address & Pick<ChunkPlace, 'product'>,
  query: ReviewQuery,
  options: CallOptions,
): Promise<ReviewPage> => {
  const shop = toShop({ edge, appKey });
  return product === null
    ? readShopReviews(shop, query, options)
    : readProductReviews(shop, product, query, options);
};
