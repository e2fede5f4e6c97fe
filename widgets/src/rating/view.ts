/** `<plaudit-rating>`: stars, average and count; leads to the product's reviews where the page has them. */

import type { ProductRating, Settings } from '@plaudit/sdk';
import type { View } from '../define-widget.ts';
import { formatAverage } from '../format-average.ts';
import type { LoadChunk } from '../load-chunk.ts';
import { rating as messages } from '../messages/en/rating.ts';
import { findReviews, leadTo } from '../product-reviews.ts';
import { stars } from '../stars.ts';
import { createText } from '../text.ts';
import { element } from '../element.ts';

/** What the loader hands to the chunk with the histogram, whenever the rating is pointed at. */
export interface RatingPlace {
  /** What was pointed at. */
  box: Element;
  product: string;
  signal: AbortSignal;
  edge: string;
  appKey: string;
  settings: Settings;
}

export function createRatingView(
  readRating: (productId: string) => Promise<ProductRating | undefined>,
  loadChunk: LoadChunk,
  shop: { edge: string; appKey: string },
  translated: Settings | Promise<Settings>,
): View {
  return async ({ root, product, signal }) => {
    // The whole shop's rating is what the badge shows.
    if (product === null) return;
    const rating = await readRating(product);
    const settings = await translated;
    const text = createText(messages, settings);
    if (signal.aborted) return;
    if (!rating) return root.replaceChildren();

    const { count } = rating;
    const average = formatAverage(rating.average, text);
    // Inside a link it is a part of that: a button in it would be neither (HTML, 4.5.1).
    const reviews = root.host.closest('a,button') ? null : findReviews(product);
    const box = element(
      reviews ? 'button' : 'span',
      {
        part: 'rating',
        role: reviews ? 'link' : 'img',
        'aria-label': text('rating.label', { average, count }),
      },
      stars(rating.average),
      element('span', { part: 'average' }, average),
      element('span', { part: 'count' }, text('rating.count', { count })),
    );
    root.replaceChildren(box);
    if (!reviews) return;
    const explain = (): void => {
      loadChunk<typeof import('../histogram/index.ts')>('histogram').then(
        (histogram) => histogram.show({ ...shop, box, product, signal, settings }),
        () => {},
      );
    };
    Object.assign(box, {
      onclick: () => leadTo(reviews),
      onpointerenter: explain,
      onfocus: explain,
    });
  };
}
