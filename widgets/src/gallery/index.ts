/** The chunk behind `<plaudit-gallery>`: what reviewers photographed and filmed. */

import {
  openShop,
  readProductReviews,
  readShopReviews,
  type Review,
  type ReviewPage,
} from '@plaudit/sdk';
import { element } from '../element.ts';
import { emit } from '../emit.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { gallery as messages } from '../messages/en/gallery.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createText } from '../text.ts';
import css from './gallery.css';
import { openLarge } from './open-large.ts';
import { toTiles } from './tile.ts';

/** Reviews with media that one click on "more" brings. */
const PAGE_SIZE = 30;

/** Shows the newest photos and videos, and a button for more; nothing where there are none. */
export async function mount(place: ChunkPlace): Promise<void> {
  const { root, product, settings, signal, firstPage } = place;
  const page = await firstPage;
  if (signal.aborted) return;
  const text = createText(messages, settings);
  const reviews: Review[] = [];
  const list = element('ul', { part: 'photos', role: 'list' });
  const add = (page: ReviewPage): void => {
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
    if (page.next !== undefined) section.append(...createMore(place, page.next, add, text));
  }
  emit(root.host, 'ready', { product });
}

/** The button that brings the next photos, and where it says that it could not. */
function createMore(
  place: ChunkPlace,
  first: string,
  add: (page: ReviewPage) => void,
  text: ReturnType<typeof createText<keyof typeof messages>>,
): Element[] {
  let next: string | undefined = first;
  const failure = element('p', { role: 'alert' });
  const button = element('button', { part: 'more' }, text('gallery.more'));
  // Never `disabled`: that would throw the focus off the button while it works.
  const isBusy = (): boolean => button.getAttribute('aria-disabled') === 'true';
  const load = async (cursor: string): Promise<void> => {
    button.setAttribute('aria-disabled', 'true');
    failure.textContent = '';
    try {
      const page = await readMore(place, cursor);
      const list = button.parentElement?.firstElementChild;
      const newest = list?.children.length ?? 0;
      add(page);
      ({ next } = page);
      if (next !== undefined) return;
      // The button has done its work: the focus goes on to the first photo it brought.
      const hadFocus = button.matches(':focus');
      button.remove();
      if (hadFocus) list?.children[newest]?.querySelector('a')?.focus();
    } catch {
      failure.textContent = text('gallery.failed');
    } finally {
      button.removeAttribute('aria-disabled');
    }
  };
  button.addEventListener('click', () => {
    if (next !== undefined && !isBusy()) void load(next);
  });
  return [button, failure];
}

function readMore(
  { edge, appKey, product, signal }: ChunkPlace,
  cursor: string,
): Promise<ReviewPage> {
  const shop = openShop({
    edge,
    appKey,
    fetch: (url, init) => fetch(url, { ...init, credentials: 'omit' }),
  });
  const query = { media: true, limit: PAGE_SIZE, cursor };
  return product === null
    ? readShopReviews(shop, query, { signal })
    : readProductReviews(shop, product, query, { signal });
}
