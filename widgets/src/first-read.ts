/** What the loader reads for a lazy widget while its chunk is still coming. */

import type { Layout, ReviewPage, Shop } from '@plaudit/sdk';
import type { Place } from './define-widget.ts';

/**
 * What each lazy widget asks first, by its name: the list call and its query, or nothing. Written out: the SDK's
 * writer is for any question and weighs more than all of these. A test holds the two together.
 * In the order that compresses best.
 */
export const toFirstQuestions = ({ pageSize }: Layout): Record<string, string> => ({
  carousel: 'reviews',
  questions: 'questions',
  highlights: 'topics',
  badge: 'reviews?limit=1',
  tab: 'reviews?limit=1',
  'review-form': '',
  summary: 'reviews?limit=1',
  reviews: pageSize === 10 ? 'reviews' : `reviews?limit=${pageSize}`,
  gallery: 'reviews?limit=30&media=true',
});

/** Asks a question about the place's product, or about the whole shop where it names none. */
export const readFirst = (
  { appKey, request }: Shop,
  question: string,
  { product, signal }: Pick<Place, 'product' | 'signal'>,
): Promise<ReviewPage> =>
  request(
    `/v1/shops/${encodeURIComponent(appKey)}/${
      product === null ? '' : `products/${encodeURIComponent(product)}/`
    }${question}`,
    { signal },
  );
