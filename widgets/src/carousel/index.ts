/** The chunk behind `<plaudit-carousel>`: reviews side by side. Moves only when the visitor moves it. */

import { element } from '../element.ts';
import { emit } from '../emit.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { carousel as messages } from '../messages/en/carousel.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createText } from '../text.ts';
import { toCard } from './card.ts';
import css from './carousel.css';
import { createControls } from './controls.ts';

/** Shows the first page of reviews; nothing before the first review. */
export async function mount({
  root,
  product,
  settings,
  signal,
  firstPage,
}: ChunkPlace): Promise<void> {
  const { reviews } = await firstPage;
  if (signal.aborted) return;
  const text = createText(messages, settings);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  root.replaceChildren();
  if (reviews.length > 0) {
    const label = text('carousel.label');
    // Named and in the tab order: a region that scrolls must do so by keyboard too.
    const track = element(
      'ul',
      { part: 'track', role: 'list', tabindex: '0', 'aria-label': label },
      ...reviews.map((review) => toCard(review, text)),
    ) as HTMLElement;
    root.append(
      element(
        'section',
        { part: 'carousel', lang: settings.locale, 'aria-label': label },
        track,
        createControls(track, text, signal),
      ),
    );
  }
  emit(root.host, 'ready', { product });
}
