import type { RatingSummary } from '@plaudit/sdk';
import { element } from '../element.ts';
import { formatAverage } from '../format-average.ts';
import type { summary as messages } from '../messages/en/summary.ts';
import { toRatingBars } from '../rating-bars.ts';
import type { Text } from '../text.ts';

/** The pop-over: the average, and a bar for each number of stars with its count. */
export function toTable(
  { average, count, histogram }: RatingSummary,
  text: Text<Extract<keyof typeof messages, string>>,
): HTMLElement {
  return element(
    'div',
    { id: 'histogram', part: 'histogram', role: 'tooltip', popover: 'manual' },
    element(
      'div',
      { class: 'panel' },
      element('b', {}, text('reviews.stars', { stars: formatAverage(average, text) })),
      element('div', {}, `${text('reviews.basedOn', { count })}. `),
      ...toRatingBars(histogram, count, text),
    ),
  ) as HTMLElement;
}
