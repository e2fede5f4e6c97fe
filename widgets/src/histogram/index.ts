/** The chunk with the pop-over of `<plaudit-rating>`: how many reviews gave how many stars. */

import { openShop, readProductReviews, type RatingSummary } from '@plaudit/sdk';
import { summary as messages } from '../messages/en/summary.ts';
import barsCss from '../rating-bars.css';
import { findReviews } from '../product-reviews.ts';
import type { RatingPlace } from '../rating/view.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createText } from '../text.ts';
import css from './histogram.css';
import { holdJump } from './hold-jump.ts';
import { openBelow } from './open-below.ts';
import { toTable } from './table.ts';

const sheet = toStyleSheet(barsCss + css);
/** The pop-over of each rating; a rating is drawn anew for another product. */
const popovers = new WeakMap<Element, Promise<HTMLElement>>();
/** The ratings whose jumps are held. */
const held = new WeakSet<Element>();

/**
 * Shows the pop-over as long as the rating is pointed at or has the keyboard's focus. Without an
 * answer there is none, and the next time asks again.
 */
export async function show(place: RatingPlace): Promise<void> {
  const { box, signal } = place;
  holdJumps(place);
  if (!isPointedAt(box)) return;
  const known = popovers.get(box);
  const made = known ?? make(place);
  popovers.set(box, made);
  try {
    const popover = await made;
    if (!signal.aborted && isPointedAt(box)) openBelow(box, popover, signal);
  } catch {
    popovers.delete(box);
  }
}

/** A click on a rating leads to its reviews; the loader has no room to see that it arrives. */
function holdJumps({ box, product, signal }: RatingPlace): void {
  if (held.has(box)) return;
  held.add(box);
  box.addEventListener('click', () => {
    const reviews = findReviews(product);
    if (reviews) holdJump(reviews, signal);
  });
}

/** A finger points at nothing before it taps, and a tap leads to the reviews. */
const isPointedAt = (box: Element): boolean =>
  box.matches(':focus-visible') || (box.matches(':hover') && matchMedia('(hover: hover)').matches);

async function make(place: RatingPlace): Promise<HTMLElement> {
  const { box, settings } = place;
  const popover = toTable(await readSummary(place), createText(messages, settings));
  popover.lang = settings.locale;
  const root = box.getRootNode() as ShadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  root.append(popover);
  box.setAttribute('aria-describedby', popover.id);
  return popover;
}

/** Asks what the reviews on the page ask first, so that it is in the browser's cache. */
async function readSummary({
  edge,
  appKey,
  product,
  settings,
  signal,
}: RatingPlace): Promise<RatingSummary> {
  const shop = openShop({
    edge,
    appKey,
    fetch: (url, init) => fetch(url, { ...init, credentials: 'omit' }),
  });
  const query = { limit: settings.layout.pageSize };
  return (await readProductReviews(shop, product, query, { signal })).summary;
}
