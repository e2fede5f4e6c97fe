/** The chunk behind `<plaudit-summary>`: a rating and its spread in a strip that leads to the reviews. */

import { element } from '../element.ts';
import { emit } from '../emit.ts';
import { formatAverage } from '../format-average.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { summary as messages } from '../messages/en/summary.ts';
import barsCss from '../rating-bars.css';
import { toRatingBars } from '../rating-bars.ts';
import { readHref } from '../read-href.ts';
import { stars } from '../stars.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createText } from '../text.ts';
import css from './summary.css';

/** Shows the strip, its count a link where the element has an `href`; nothing before the first review. */
export async function mount(place: ChunkPlace): Promise<void> {
  const { root, product, settings, signal, firstPage } = place;
  const { count, average, histogram } = (await firstPage).summary;
  if (signal.aborted) return;
  const text = createText(messages, settings);
  const shown = formatAverage(average, text);
  const href = readHref(root.host);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(barsCss + css)];
  root.replaceChildren();
  if (count > 0) {
    root.append(
      element(
        'div',
        { part: 'summary', lang: settings.locale },
        element(
          'div',
          { part: 'score' },
          element('span', { part: 'average', 'aria-hidden': 'true' }, shown),
          element(
            'div',
            {},
            stars(average),
            element('span', { class: 'unseen' }, `${text('reviews.stars', { stars: shown })}. `),
            element(
              href ? 'a' : 'span',
              { part: 'count', ...(href && { href }) },
              text('reviews.basedOn', { count }),
            ),
          ),
        ),
        element('div', { part: 'histogram' }, ...toRatingBars(histogram, count, text)),
      ),
    );
  }
  emit(root.host, 'ready', { product });
}
