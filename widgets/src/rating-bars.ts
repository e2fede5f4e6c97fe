import type { Histogram } from '@plaudit/sdk';
import { element } from './element.ts';
import type { summary as messages } from './messages/en/summary.ts';
import type { Text } from './text.ts';

/** A bar for each number of stars, with its count; styled by `rating-bars.css`. */
export const toRatingBars = (
  histogram: Histogram,
  count: number,
  text: Text<Extract<keyof typeof messages, string>>,
): Element[] =>
  [5, 4, 3, 2, 1].map((stars) => {
    const given = histogram[stars - 1] ?? 0;
    const track = element('span', { class: 'track' }) as HTMLElement;
    track.style.setProperty('--share', `${(given / count) * 100}%`);
    return element(
      'div',
      { class: 'bar' },
      element('span', { class: 'unseen' }, `${text('reviews.bar', { stars, count: given })}. `),
      element('span', { 'aria-hidden': 'true' }, `${stars}`),
      track,
      element(
        'span',
        { class: 'end', 'aria-hidden': 'true' },
        text('reviews.number', { count: given }),
      ),
    );
  });
