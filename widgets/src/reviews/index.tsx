/** The chunk behind `<plaudit-reviews>`: called by the loader with a place to fill. */

import { render } from 'preact';
import type { ReviewsPlace } from '../reviews-view.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createReader } from './create-reader.ts';
import css from './reviews.css';
import { Widget } from './widget.tsx';

/** Shows the reviews in the place's root until its signal fires. */
export function mount(place: ReviewsPlace): void {
  const { root, signal } = place;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  root.replaceChildren();
  render(<Widget {...place} read={createReader(place)} />, root);
  signal.addEventListener('abort', () => render(null, root));
}
