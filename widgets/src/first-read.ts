/** What the loader reads for a lazy widget while its chunk is still coming. */

import type { Layout, ReviewPage, Shop } from '@plaudit/sdk';
import type { Place } from './define-widget.ts';

/**
 * What each lazy widget asks first, by its name, as the list call's query. Written out: the SDK's
 * writer is for any question and weighs more than all of these. A test holds the two together.
 */
export const toFirstQuestions = ({ pageSize }: Layout): Record<string, string> => ({
  badge: '?limit=1',
  carousel: '',
  gallery: '?limit=30&media=true',
  reviews: pageSize === 10 ? '' : `?limit=${pageSize}`,
  tab: '?limit=1',
});

/** Asks a question about the place's product, or about the whole shop where it names none. */
export const readFirst = (
  { appKey, request }: Shop,
  question: string,
  { product, signal }: Pick<Place, 'product' | 'signal'>,
): Promise<ReviewPage> =>
  request(
    `/v1/shops/${encodeURIComponent(appKey)}${
      product === null ? '' : `/products/${encodeURIComponent(product)}`
    }/reviews${question}`,
    { signal },
  );
