/** Everything a page's one script sets up: the elements, and what they ask and show. */

import { readRatings, type ProductRating, type Request } from '@plaudit/sdk';
import type { BakedSettings } from '@plaudit/contract';
import baseCss from './base.css';
import { defineWidget } from './define-widget.ts';
import { toFirstQuestions } from './first-read.ts';
import { createLazyViews } from './lazy-view.ts';
import type { LoadChunk } from './load-chunk.ts';
import { createRatingBatch } from './rating/batch.ts';
import ratingCss from './rating/rating.css';
import { createRatingView } from './rating/view.ts';
import { toStyleSheet } from './style-sheet.ts';
import { toThemeCss } from './theme.ts';
import { translate } from './translate.ts';

/** Reads one product's rating; absent where it has none. */
export type ReadRating = (productId: string) => Promise<ProductRating | undefined>;

/**
 * Defines the elements.
 * @throws where they are defined already, before anything is asked or shown
 */
export function definePage(
  address: { edge: string; appKey: string },
  settings: BakedSettings,
  request: Request,
  loadChunk: LoadChunk,
  /** Puts what is known already before the calls that are collected. */
  withKnown: (read: ReadRating) => ReadRating,
): void {
  const shop = { ...address, request };
  const translated = translate(loadChunk, settings);
  const baseSheet = toStyleSheet(baseCss + toThemeCss(settings.look));

  const readRating = withKnown(createRatingBatch((productIds) => readRatings(shop, productIds)));

  defineWidget(
    'rating',
    [baseSheet, toStyleSheet(ratingCss)],
    createRatingView(readRating, loadChunk, shop, translated),
  );
  const createLazyView = createLazyViews(shop, loadChunk, translated);
  for (const [name, question] of Object.entries(toFirstQuestions(settings.layout))) {
    defineWidget(name, [baseSheet], createLazyView(name, question));
  }
  Object.defineProperty(window, 'plaudit', {
    value: Object.freeze({ ...address, settings }),
  });
}
