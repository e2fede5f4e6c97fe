/**
 * What a shop's one script tag runs: defines the custom elements, nothing else. Everything a page
 * does not use stays on the server. Whatever goes wrong, the page must not notice.
 */

import { createRequest, readRatings } from '@plaudit/sdk';
import { readAddress } from './address.ts';
import baseCss from './base.css';
import { defineWidget } from './define-widget.ts';
import { createRatingBatch } from './rating/batch.ts';
import ratingCss from './rating/rating.css';
import { createRatingView } from './rating/view.ts';
import { createReviewsView } from './reviews-view.ts';
import { toStyleSheet } from './style-sheet.ts';
import { createTheme } from './theme.ts';
import { translate } from './translate.ts';

function start(script: HTMLScriptElement): void {
  const settings = __PLAUDIT_SETTINGS__;
  const { edge, appKey } = readAddress(script.src);
  // Bare: cards wait behind their fallback, and the reviews chunk brings its own patience.
  const request = createRequest(edge, (url, init) => fetch(url, { ...init, credentials: 'omit' }));
  const shop = { appKey, request };
  const translated = translate(edge, settings);
  const sheets = [toStyleSheet(baseCss), createTheme(settings.look)];
  const readRating = createRatingBatch((productIds) => readRatings(shop, productIds));

  defineWidget('reviews', sheets, createReviewsView(edge, shop, settings, translated));
  defineWidget(
    'rating',
    [...sheets, toStyleSheet(ratingCss)],
    createRatingView(readRating, translated),
  );
  Object.defineProperty(window, 'plaudit', {
    value: Object.freeze({ edge, appKey, settings }),
  });
}

try {
  // A second script tag finds the elements defined and leaves.
  if (!customElements.get('plaudit-rating')) start(document.currentScript as HTMLScriptElement);
} catch {
  // An old browser or a hostile page: the elements' children stay as they are.
}
