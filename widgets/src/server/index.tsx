/**
 * The first view of `<plaudit-reviews>` for servers to write: made by the components that show it in
 * the browser, so that the widget finds there what it would have rendered itself.
 */

import { chooseLanguage, DEFAULT_SETTINGS } from '@plaudit/contract';
import type { ReviewPage, Settings } from '@plaudit/sdk';
import translations from 'virtual:translations';
import baseCss from '../base.css';
import type { Rendered } from '../reviews/rendered.ts';
import reviewsCss from '../reviews/reviews.css';
import { Widget } from '../reviews/widget.tsx';
import { toThemeCss } from '../theme.ts';
import { toHtml } from './to-html.ts';

/** What a server writes into the element's shadow root. */
export interface FirstView {
  markup: string;
  css: string;
  data: Rendered;
}

/** Renders a product's first page of reviews as the shop's widget would show it. */
export function renderFirstView(
  page: ReviewPage,
  product: string,
  given: Partial<Settings>,
  hasOwnLayout: boolean,
): FirstView {
  const settings = complete(given);
  const { locale, look } = settings;
  const data = { ...page, dates: toDates(page, locale) };
  // What the widget asks of its place before it works in it.
  const host = { hasAttribute: () => hasOwnLayout, getAttribute: () => null };
  const root = { host } as unknown as ShadowRoot;
  const place = {
    root,
    product,
    settings,
    edge: '',
    appKey: '',
    signal: new AbortController().signal,
    hasFallback: false,
  };
  const read = (): Promise<never> => Promise.reject(new Error('A server reads nothing more.'));
  return {
    markup: toHtml(<Widget {...place} read={read} known={data} />),
    css: baseCss + toThemeCss(look) + reviewsCss,
    data,
  };
}

const LANGUAGES = new Set(Object.keys(translations));

function complete(given: Partial<Settings>): Settings {
  const settings = { ...DEFAULT_SETTINGS, ...given };
  const language = chooseLanguage(settings.locale, LANGUAGES);
  return { ...settings, texts: { ...translations[language ?? ''], ...settings.texts } };
}

/** In UTC: a server knows no visitor's clock. */
function toDates({ reviews }: ReviewPage, locale: string): Rendered['dates'] {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return Object.fromEntries(
    reviews.map(({ createdAt }) => [createdAt, format.format(new Date(createdAt))]),
  );
}
