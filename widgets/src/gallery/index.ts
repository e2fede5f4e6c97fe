/** The chunk behind `<plaudit-gallery>`: what reviewers photographed and filmed. */

import { readProductReviews, readShopReviews, type Review, type ReviewPage } from '@plaudit/sdk';
import { element } from '../element.ts';
import { emit } from '../emit.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { gallery as messages } from '../messages/en/gallery.ts';
import { createMoreButton } from '../more-button.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createText } from '../text.ts';
import { openPatientShop } from '../open-patient-shop.ts';
import css from './gallery.css';
import { openLarge } from './open-large.ts';
import { toTiles } from './tile.ts';

/** Reviews with media that one click on "more" brings. */
const PAGE_SIZE = 30;

type Add = (page: ReviewPage) => void;

/** Shows the newest photos and videos, and a button for more; nothing where there are none. */
export async function mount(place: ChunkPlace): Promise<void> {
  const { root, product, settings, signal, firstPage } = place;
  const page = await firstPage;
  if (signal.aborted) return;
  const text = createText(messages, settings);
  const reviews: Review[] = [];
  const list = element('ul', { part: 'photos', role: 'list' });
  const add: Add = (page) => {
    reviews.push(...page.reviews);
    list.append(...page.reviews.flatMap((review) => toTiles(review, text)));
  };
  add(page);
  list.addEventListener('click', (event) => {
    openLarge(event as MouseEvent, { root, reviews, settings });
  });

  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  root.replaceChildren();
  if (list.firstChild) {
    const attributes = { part: 'gallery', 'aria-label': text('gallery.label') };
    const section = element('section', { ...attributes, lang: settings.locale }, list);
    root.append(section);
    if (page.next !== undefined) {
      const words = { label: text('gallery.more'), failed: text('gallery.failed') };
      const load = (cursor: string) => readMore(place, cursor, add);
      section.append(...createMoreButton({ list, next: page.next, ...words, load }));
    }
  }
  emit(root.host, 'ready', { product });
}

/** @returns where the page after it starts */
async function readMore(place: ChunkPlace, cursor: string, add: Add): Promise<string | undefined> {
  const { product, signal } = place;
  const shop = openPatientShop(place);
  const query = { media: true, limit: PAGE_SIZE, cursor };
  const page = await (product === null
    ? readShopReviews(shop, query, { signal })
    : readProductReviews(shop, product, query, { signal }));
  add(page);
  return page.next;
}
