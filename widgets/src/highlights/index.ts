/** The chunk behind `<plaudit-highlights>`: what reviewers of a product talk about, in their own words. */

import type { ProductTopics } from '@plaudit/sdk';
import { element } from '../element.ts';
import { emit } from '../emit.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { highlights as messages } from '../messages/en/highlights.ts';
import { findReviews } from '../product-reviews.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createText } from '../text.ts';
import css from './highlights.css';
import { toItem } from './item.ts';

/** Shows the topics; nothing where reviews are too few to have any. */
export async function mount(place: ChunkPlace<ProductTopics>): Promise<void> {
  const { root, product, settings, signal, firstPage } = place;
  if (product === null) throw new Error('<plaudit-highlights> needs a product.');
  const { topics } = await firstPage;
  if (signal.aborted) return;
  const text = createText(messages, settings);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  root.replaceChildren();
  if (topics.length > 0) {
    const leads = findReviews(product) !== null;
    root.append(
      element(
        'section',
        { part: 'highlights', lang: settings.locale, 'aria-labelledby': 'heading' },
        element('h2', { part: 'heading', id: 'heading' }, text('highlights.heading')),
        // What every button does is said once, and named by each.
        ...(leads ? [element('p', { id: 'hint', hidden: '' }, text('highlights.hint'))] : []),
        element(
          'ul',
          { part: 'topics', role: 'list' },
          ...topics.map((topic) => toItem(topic, { product, leads, text })),
        ),
      ),
    );
  }
  emit(root.host, 'ready', { product });
}
