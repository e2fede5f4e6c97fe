/** `<plaudit-rating>`: stars, average and count; leads to the product's reviews where the page has them. */

import type { ProductRating, Settings } from '@plaudit/sdk';
import type { View } from '../define-widget.ts';
import { formatAverage } from '../format-average.ts';
import { rating as messages } from '../messages/en/rating.ts';
import { filledWidth, STAR_PATH } from '../star-path.ts';
import { createText } from '../text.ts';
import { element } from '../element.ts';

export function createRatingView(
  readRating: (productId: string) => Promise<ProductRating | undefined>,
  settings: Promise<Settings>,
): View {
  return async ({ root, product, signal }) => {
    const rating = await readRating(product);
    const text = createText(messages, await settings);
    if (signal.aborted) return;
    if (!rating) return root.replaceChildren();

    const { count } = rating;
    const average = formatAverage(rating.average, text);
    const reviews = findReviews(product);
    const [tag, role] = reviews ? ['button', 'link'] : ['span', 'img'];
    const box = element(
      tag,
      { part: 'rating', role, 'aria-label': text('rating.label', { average, count }) },
      stars(rating.average),
      element('span', { part: 'average' }, average),
      element('span', { part: 'count' }, text('rating.count', { count })),
    );
    box.addEventListener('click', () => {
      reviews?.scrollIntoView();
      reviews?.shadowRoot?.querySelector('h2')?.focus({ preventScroll: true });
    });
    root.replaceChildren(box);
  };
}

function stars(average: number): Element {
  return element(
    'svg',
    { class: 'stars', part: 'stars', viewBox: '0 0 120 24', 'aria-hidden': 'true' },
    element('path', { d: STAR_PATH }),
    // An inner svg clips what it holds: the filled stars end where the average does.
    element('svg', { width: filledWidth(average) }, element('path', { d: STAR_PATH })),
  );
}

const findReviews = (product: string): Element | null =>
  document.querySelector(`plaudit-reviews[product="${CSS.escape(product)}"]`);
