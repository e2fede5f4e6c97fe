/** The chunk behind `<plaudit-reviews>`: called by the loader with a place to fill. */

import { hydrate, render } from 'preact';
import type { ChunkPlace } from '../lazy-view.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createReader } from './create-reader.ts';
import type { Rendered } from './rendered.ts';
import css from './reviews.css';
import { Widget } from './widget.tsx';

// For the gallery, which has nothing else of this chunk.
export { openPhotos } from './open-photos.ts';

/** One for all of a page, and not made in the task that draws. */
const sheet = toStyleSheet(css);

/** Shows the reviews in the place's root until its signal fires. */
export function mount(place: ChunkPlace): void {
  const { root, signal } = place;
  const hadFocus = root.activeElement;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const known = place.known && (JSON.parse(place.known.textContent) as Rendered);
  // All but what a server rendered of the widget itself, whose nodes stay where they are.
  for (const node of root.querySelectorAll('slot,link,style,script,.reviews')) node.remove();
  hydrate(<Widget {...place} read={createReader(place)} known={known} />, root);
  if (hadFocus && !root.activeElement) root.querySelector('h2')?.focus({ preventScroll: true });
  signal.addEventListener('abort', () => render(null, root));
}
