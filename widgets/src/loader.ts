/**
 * What a shop's one script tag runs: defines the custom elements, nothing else. Everything a page
 * does not use stays on the server. Whatever goes wrong, the page must not notice.
 */

import { readRatings, type Request } from '@plaudit/sdk';
import { readAddress } from './address.ts';
import baseCss from './base.css';
import { defineWidget } from './define-widget.ts';
import { toFirstQuestions } from './first-read.ts';
import { createLazyViews } from './lazy-view.ts';
import { createLoadChunk } from './load-chunk.ts';
import { createRatingBatch } from './rating/batch.ts';
import ratingCss from './rating/rating.css';
import { createRatingView } from './rating/view.ts';
import { toStyleSheet } from './style-sheet.ts';
import { toThemeCss } from './theme.ts';
import { translate } from './translate.ts';

function start(script: HTMLScriptElement): void {
  const settings = __PLAUDIT_SETTINGS__;
  const { edge, appKey } = readAddress(script.src);
  // Bare: cards wait behind their fallback, and chunks bring their own patience and errors.
  const request: Request = async (path, call) => {
    const response = await fetch(edge + path, { ...call, credentials: 'omit' });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  };
  const shop = { edge, appKey, request };
  const loadChunk = createLoadChunk(edge);
  const translated = translate(loadChunk, settings);
  const baseSheet = toStyleSheet(baseCss + toThemeCss(settings.look));

  const readCollected = createRatingBatch((productIds) => readRatings(shop, productIds));

  const createLazyView = createLazyViews(shop, loadChunk, translated);
  for (const [name, question] of Object.entries(toFirstQuestions(settings.layout))) {
    defineWidget(name, [baseSheet], createLazyView(name, question));
  }
  defineWidget(
    'rating',
    [baseSheet, toStyleSheet(ratingCss)],
    createRatingView(readCollected, loadChunk, shop, translated),
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
