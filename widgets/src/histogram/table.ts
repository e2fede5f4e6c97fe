import type { RatingSummary } from '@plaudit/sdk';
import { element } from '../element.ts';
import { formatAverage } from '../format-average.ts';
import type { summary as messages } from '../messages/en/summary.ts';
import type { Text } from '../text.ts';

/** The pop-over: the average, and a bar for each number of stars with its count. */
export function toTable(
  { average, count, histogram }: RatingSummary,
  text: Text<Extract<keyof typeof messages, string>>,
): HTMLElement {
  const bars = [5, 4, 3, 2, 1].map((stars) => {
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
  return element(
    'div',
    { id: 'histogram', part: 'histogram', role: 'tooltip', popover: 'manual' },
    element(
      'div',
      { class: 'panel' },
      element('b', {}, text('reviews.stars', { stars: formatAverage(average, text) })),
      element('div', {}, `${text('reviews.basedOn', { count })}. `),
      ...bars,
    ),
  ) as HTMLElement;
}
