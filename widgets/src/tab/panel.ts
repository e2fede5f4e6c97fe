import { element } from '../element.ts';
import type { tab as messages } from '../messages/en/tab.ts';
import type { Text } from '../text.ts';

/** What pages may style in the panel's reviews as in those of the page. */
const PARTS =
  'reviews,heading,summary,score,histogram,empty,write,form,toolbar,filter,filters,pill,sort,scales,strip,list,review,author,product,verified,incentivized,stars,title,body,media,reply,votes,more,pages,error,lightbox';

/** A modal panel with the reviews: the browser keeps the focus inside and gives it back. */
export function createPanel(
  product: string | null,
  text: Text<Extract<keyof typeof messages, string>>,
): HTMLDialogElement {
  const reviews = element('plaudit-reviews', {
    exportparts: PARTS,
    ...(product !== null && { product }),
  });
  const close = element('button', { part: 'close', 'aria-label': text('tab.close') }, '✕');
  const panel = element(
    'dialog',
    { part: 'panel', 'aria-label': text('tab.label') },
    // Without it, a click into the padding would count as one beside the panel.
    element('div', { class: 'content' }, close, reviews),
  ) as HTMLDialogElement;
  close.addEventListener('click', () => panel.close());
  panel.addEventListener('click', ({ target }) => {
    if (target === panel) panel.close();
  });
  return panel;
}
