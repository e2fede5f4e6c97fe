/** The life of a custom element: one place for attributes that change, moves, removal and failure. */

import { element } from './element.ts';
import { whenParsed } from './when-parsed.ts';

/** What a view gets to show one product, or the whole shop, in. */
export interface Place {
  root: ShadowRoot;
  /** Null where the element names none: the whole shop. */
  product: string | null;
  /** Fires when the element was removed or shows another product: late answers must be dropped. */
  signal: AbortSignal;
  /** Whether the page put something between the tags. */
  hasFallback: boolean;
  /** The data of the first page, where a server has rendered it into the root. */
  known: Element | null;
}

/** Fills a place; until it does, and if it rejects, the element's own children show. */
export type View = (place: Place) => Promise<void>;

/** Defines `<plaudit-NAME product="…">`; an empty name of a product is a mistake, and shows nothing. */
export function defineWidget(name: string, sheets: CSSStyleSheet[], view: View): void {
  customElements.define(
    `plaudit-${name}`,
    class extends HTMLElement {
      static readonly observedAttributes = ['product'];
      _product: string | null = '';
      declare _shown: AbortController | undefined;

      attributeChangedCallback(): void {
        this.connectedCallback();
      }

      disconnectedCallback(): void {
        // An element that was only moved is back by then.
        whenParsed(() => this.connectedCallback());
      }

      /** Called after every change that may matter: shows what the element says now. */
      connectedCallback(): void {
        const product = this.isConnected ? this.getAttribute('product') : '';
        if (product === this._product) return;
        // The parser is not through with what a server rendered: a root of ours would keep it out.
        if (this.getAttribute('while') === document.readyState && !this.nextSibling) {
          return this.disconnectedCallback();
        }
        this._product = product;
        this._shown?.abort();
        const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
        try {
          root.adoptedStyleSheets = sheets;
        } catch {
          // The page has moved the element into a frame, where sheets of this document are foreign.
        }
        // What a server rendered stays until the widget takes it over.
        const known = this._shown ? null : root.querySelector('script');
        if (!known) showChildren(root);
        if (product === '') return;

        const { signal } = (this._shown = new AbortController());
        const hasFallback = !!this.innerHTML.trim();
        view({ root, product, signal, hasFallback, known }).catch((error: unknown) => {
          if (signal.aborted) return;
          if (!known) showChildren(root);
          const detail = { product, error };
          this.dispatchEvent(
            new CustomEvent('plaudit:error', { bubbles: true, composed: true, detail }),
          );
        });
      }
    },
  );
}

/** Lets the element's children through: the page's own fallback. */
function showChildren(root: ShadowRoot): void {
  root.replaceChildren(element('slot'));
}
