/** The shop's calls with deadline and new tries; needed by no first view, so a chunk of its own. */

import {
  readProductReviews,
  readShopReviews,
  type CallOptions,
  type ReviewPage,
  type ReviewQuery,
} from '@plaudit/sdk';
import type { ChunkPlace } from '../lazy-view.ts';
import { openPatientShop, type Address } from '../open-patient-shop.ts';

/** Reads a page of the product's reviews, or of the whole shop's. */
export const readPatiently = (
  { product, ...address }: Address & Pick<ChunkPlace, 'product'>,
  query: ReviewQuery,
  options: CallOptions,
): Promise<ReviewPage> => {
  const shop = openPatientShop(address);
  return product === null
    ? readShopReviews(shop, query, options)
    : readProductReviews(shop, product, query, options);
};
