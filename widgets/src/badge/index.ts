/** The chunk behind `<plaudit-badge>`: the whole shop's rating, or a product's, for a footer or a header. */

import { element } from '../element.ts';
import { emit } from '../emit.ts';
import { formatAverage } from '../format-average.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { badge as messages } from '../messages/en/badge.ts';
import { stars } from '../stars.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { readHref } from '../read-href.ts';
import { createText } from '../text.ts';
import css from './badge.css';

/** Shows the badge, as a link where the element has an `href`; nothing before the first review. */
export async function mount({
  root,
  product,
  settings,
  signal,
  firstPage,
}: ChunkPlace): Promise<void> {
  const { summary } = await firstPage;
  if (signal.aborted) return;
  const { count } = summary;
  const text = createText(messages, settings);
  const average = formatAverage(summary.average, text);
  const href = readHref(root.host);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  root.replaceChildren();
  if (count > 0) {
    // A link is called what it shows, so that it can be spoken to (WCAG 2.5.3).
    root.append(
      element(
        href ? 'a' : 'span',
        {
          part: 'badge',
          lang: settings.locale,
          ...(href
            ? { href }
            : { role: 'img', 'aria-label': text('rating.label', { average, count }) }),
        },
        stars(summary.average),
        element('span', { class: 'unseen' }, `${text('reviews.stars', { stars: average })}. `),
        element('span', { part: 'average', 'aria-hidden': 'true' }, average),
        element('span', { part: 'count' }, text('reviews.basedOn', { count })),
      ),
    );
  }
  emit(root.host, 'ready', { product });
}
