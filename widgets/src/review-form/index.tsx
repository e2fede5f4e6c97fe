/** The chunk behind `<plaudit-review-form>`: the form to write a review, on a page that is there for it. */

import { render } from 'preact';
import { emit } from '../emit.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { css as formCss, Panel } from '../reviews/form/index.tsx';
import css from '../reviews/reviews.css';
import { toStyleSheet } from '../style-sheet.ts';

/** Shows the form in the place's root until its signal fires. */
export function mount({ root, product, signal, edge, appKey, settings }: ChunkPlace): void {
  if (product === null) throw new Error('<plaudit-review-form> needs a product.');
  const { host } = root;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css), toStyleSheet(formCss)];
  root.replaceChildren();
  render(
    <section class="widget" part="review-form" lang={settings.locale}>
      <Panel
        {...{ root, edge, appKey, product, settings }}
        isAlone
        isOpen
        onClose={() => {}}
        rating={Number(host.getAttribute('rating'))}
      />
    </section>,
    root,
  );
  signal.addEventListener('abort', () => render(null, root));
  emit(host, 'ready', { product });
}
