/**
 * `<plaudit-reviews>` with its first page in a declarative shadow root: as the widget will show it, read
 * by visitors without scripts, and taken over by the widget without another request.
 */

import { SITE_PRODUCT_ID, type Layout, type ReviewPage, type Settings } from '@plaudit/contract';
import { renderFirstView } from 'virtual:widget-renderer';
import { html } from './html.ts';
import { toJsonLdScript, toStructuredData, type ProductFacts } from './structured-data.ts';

/** How the element is rendered. */
export interface ElementOptions {
  /** The shop's own product id, or `@site` for the shop itself. */
  product: string;
  /** As the client reads them: language, look, texts and layout. */
  settings?: Partial<Settings>;
  /** The element's own layout, where it is not that of the settings. */
  layout?: NonNullable<Layout['arrangement']>;
  /** What the shop knows of the product; with it, structured data for search engines follow the element. */
  facts?: ProductFacts;
  /** Of the page's Content-Security-Policy, for the style element. */
  nonce?: string;
  /** Where the styles are to be had, for pages whose policy forbids style elements. */
  stylesheet?: string;
}

/** Renders the element. The answer is markup: put it into the document as it is. */
export function renderReviewsElement(page: ReviewPage, options: ElementOptions): string {
  const { product, settings = {}, layout, facts, nonce, stylesheet } = options;
  const { markup, css, data } = renderFirstView(page, product, settings, layout !== undefined);
  return [
    // Told before its root: a script that runs meanwhile waits for the rest.
    tag('plaudit-reviews', { product, layout, while: 'loading' }),
    tag('template', { shadowrootmode: 'open' }),
    stylesheet
      ? tag('link', { rel: 'stylesheet', href: stylesheet })
      : `${tag('style', { nonce })}${safeCss(css)}</style>`,
    `${tag('script', { type: 'application/json' })}${safeJson(data)}</script>`,
    `${markup}</template></plaudit-reviews>`,
    facts ? toJsonLdScript(toStructuredData(toFacts(product, facts), page)) : '',
  ].join('');
}

/** The styles of that element for a shop, for `stylesheet`. */
export const reviewsStyles = (settings: Partial<Settings> = {}): string =>
  renderFirstView(NOTHING, '', settings, false).css;

const NONE = { count: 0, average: 0, histogram: [0, 0, 0, 0, 0] } as const;
const NOTHING = { summary: { ...NONE, organic: NONE }, reviews: [] } as unknown as ReviewPage;

/** The shop itself is told by its id. */
const toFacts = (product: string, facts: ProductFacts): ProductFacts =>
  product === SITE_PRODUCT_ID ? { ...facts, productID: product } : facts;

/** A start tag, without the attributes that are not given. */
function tag(name: string, attributes: Record<string, string | undefined>): string {
  const given = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? '' : ` ${key}="${html`${value}`.markup}"`,
  );
  return `<${name}${given.join('')}>`;
}

/** No value of a shop's own ends the style element. */
const safeCss = (css: string): string => css.replaceAll('<', String.raw`\3c `);

/** No text in it ends the script element or starts a comment. */
const safeJson = (data: object): string => JSON.stringify(data).replaceAll('<', String.raw`\u003C`);
