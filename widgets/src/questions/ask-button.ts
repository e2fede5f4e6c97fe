import type { Question, QuestionReceipt, Settings, Shop } from '@plaudit/sdk';
import { element } from '../element.ts';
import { toStyleSheet } from '../style-sheet.ts';
import type { Words } from './item.ts';

/** What the form to ask is given. */
export interface Asking {
  root: ShadowRoot;
  shop: Shop;
  product: string;
  settings: Settings;
  text: Words;
  /** Told what was asked, as its writer may see it at once. */
  onAsked: (question: Question, status: QuestionReceipt['status']) => void;
}

/** The button that opens the form to ask, and where the form comes: its code does on the first click only. */
export function createAskButton(asking: Asking): [button: Element, place: Element] {
  const { root, text } = asking;
  const button = createPrimary(text('questions.ask'), { part: 'ask', 'aria-expanded': 'false' });
  const place = element('div', { class: 'error', role: 'alert' });
  const load = async (): Promise<void> => {
    try {
      const { createAskForm, css } = await import('./ask-form.ts');
      if (toggle) return;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
      toggle = createAskForm(asking, button, place);
      toggle();
    } catch {
      place.textContent = text('reviews.partFailed');
    }
  };
  let toggle: (() => void) | undefined;
  button.addEventListener('click', () => {
    if (toggle) toggle();
    else void load();
  });
  return [button, place];
}

/** The one button that should stand out. */
export const createPrimary = (
  label: string,
  attributes: Record<string, string> = {},
): HTMLElement =>
  element('button', { class: 'primary', ...attributes }, element('span', {}, label)) as HTMLElement;
