/** The shop's calls with deadline and new tries; needed by no first view, so a chunk of its own. */

import {
  readProductReviews,
  withPatience,
  type CallOptions,
  type ReviewPage,
  type ReviewQuery,
  type Shop,
} from '@plaudit/sdk';

export const toPatient = (shop: Shop): Shop => ({ ...shop, request: withPatience(shop.request) });

export const readPatiently = (
  shop: Shop,
  product: string,
  query: ReviewQuery,
  options: CallOptions,
): Promise<ReviewPage> => readProductReviews(toPatient(shop), product, query, options);
