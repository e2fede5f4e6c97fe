/** The chunk behind `<plaudit-tab>`: a button at the window's edge that opens the reviews in a side panel. */

import { element } from '../element.ts';
import { emit } from '../emit.ts';
import { formatAverage } from '../format-average.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { tab as messages } from '../messages/en/tab.ts';
import { toStyleSheet } from '../style-sheet.ts';
import { createText } from '../text.ts';
import { createPanel } from './panel.ts';
import css from './tab.css';

/** Shows the button at once, and the rating in it when there is one. */
export async function mount({
  root,
  product,
  settings,
  signal,
  firstPage,
}: ChunkPlace): Promise<void> {
  const text = createText(messages, settings);
  const button = element('button', { part: 'tab', 'aria-haspopup': 'dialog' }, text('tab.label'));
  let panel: HTMLDialogElement | undefined;
  button.addEventListener('click', () => {
    // Made on the first click: until then, its reviews cost nothing.
    panel ??= root.appendChild(createPanel(product, text));
    panel.lang = settings.locale;
    panel.showModal();
  });
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  root.replaceChildren(element('div', { class: 'edge', lang: settings.locale }, button));
  emit(root.host, 'ready', { product });

  // A rating that cannot be read is no reason to hide the reviews.
  const page = await firstPage.catch(() => {});
  if (!page || page.summary.count === 0 || signal.aborted) return;
  const { average, count } = page.summary;
  const shown = formatAverage(average, text);
  button.append(
    element('span', { 'aria-hidden': 'true' }, ` ★ ${shown}`),
    element('span', { class: 'unseen' }, ` ${text('rating.label', { average: shown, count })}`),
  );
}
