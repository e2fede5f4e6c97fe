/** `<plaudit-reviews>`, the part in the loader: reads the first page while its chunk is still coming. */

import { readProductReviews, type ReviewPage, type Settings, type Shop } from '@plaudit/sdk';
import { reviews as chunk } from 'virtual:chunks';
import type { Place, View } from './define-widget.ts';
import { element } from './element.ts';

/** What the loader hands to the chunk, which is built apart from it and shares no code with it. */
export interface ReviewsPlace extends Place {
  shop: Shop;
  settings: Settings;
  firstPage: Promise<ReviewPage>;
}

export function createReviewsView(
  edge: string,
  shop: Shop,
  { layout }: Settings,
  translated: Promise<Settings>,
): View {
  return async (place) => {
    const { root, product, signal, hasFallback } = place;
    const query = { limit: layout.pageSize };
    const firstPage = readProductReviews(shop, product, query, { signal });
    // The chunk deals with a failure; until it is there, the failure must not count as unhandled.
    firstPage.catch(() => {});

    if (!hasFallback) root.append(element('div', { class: 'reserved' }));
    // In full: browsers know no base address in a script from another origin.
    const { mount } = (await import(edge + chunk)) as typeof import('./reviews/index.tsx');
    const settings = await translated;
    if (!signal.aborted) mount({ ...place, shop, settings, firstPage });
  };
}
