/** The chunk behind `<plaudit-reviews>`: called by the loader with a place to fill. */

import { readProductReviews, withPatience, type Call, type Request } from '@plaudit/sdk';
import { render } from 'preact';
import type { ReviewsPlace } from '../reviews-view.ts';
import { toStyleSheet } from '../style-sheet.ts';
import css from './reviews.css';
import { Widget } from './widget.tsx';

/** Shows the reviews in the place's root until its signal fires. */
export function mount(place: ReviewsPlace): void {
  const { root, product, signal, settings } = place;
  const shop = { ...place.shop, request: withPatience(startedWith(place)) };
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  root.replaceChildren();
  render(
    <Widget
      {...place}
      shop={shop}
      query={{ limit: settings.layout.pageSize }}
      read={(query, options) => readProductReviews(shop, product, query, options)}
    />,
    root,
  );
  signal.addEventListener('abort', () => render(null, root));
}

/** Requests of which the first is the one that the loader has sent already. */
function startedWith({ firstPage, shop }: ReviewsPlace): Request {
  let started: Promise<unknown> | undefined = firstPage;
  return async <T,>(path: string, call?: Call) => {
    if (!started) return shop.request<T>(path, call);
    const first = started;
    started = undefined;
    const givenUp = new Promise((_, reject) => {
      call?.signal?.addEventListener('abort', reject);
    });
    return (await Promise.race([first, givenUp])) as T;
  };
}
