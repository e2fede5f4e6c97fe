/** The life of a custom element: one place for attributes that change, moves, removal and failure. */

import { element } from './element.ts';

/** What a view gets to show one product, or the whole shop, in. */
export interface Place {
  root: ShadowRoot;
  /** Null where the element names none: the whole shop. */
  product: string | null;
  /** Fires when the element was removed or shows another product: late answers must be dropped. */
  signal: AbortSignal;
  /** Whether the page put something between the tags. */
  hasFallback: boolean;
}

/** Fills a place; until it does, and if it rejects, the element's own children show. */
export type View = (place: Place) => Promise<void>;

/** Defines `<plaudit-NAME product="…">`; an empty name of a product is a mistake, and shows nothing. */
export function defineWidget(name: string, sheets: CSSStyleSheet[], view: View): void {
  class Widget extends HTMLElement {
    static readonly observedAttributes = ['product'];
    _product: string | null = '';
    _shown: AbortController | undefined;

    connectedCallback(): void {
      this._update();
    }

    attributeChangedCallback(): void {
      this._update();
    }

    disconnectedCallback(): void {
      // An element that was only moved is back before the microtask runs.
      queueMicrotask(() => this._update());
    }

    _update(): void {
      const product = this.isConnected ? this.getAttribute('product') : '';
      if (product === this._product) return;
      this._product = product;
      this._shown?.abort();
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = sheets;
      showChildren(root);
      if (product !== '') this._show(root, product);
    }

    _show(root: ShadowRoot, product: string | null): void {
      const { signal } = (this._shown = new AbortController());
      const hasFallback = this.innerHTML.trim() !== '';
      view({ root, product, signal, hasFallback }).catch((error: unknown) => {
        if (signal.aborted) return;
        showChildren(root);
        const detail = { product, error };
        this.dispatchEvent(
          new CustomEvent('plaudit:error', { bubbles: true, composed: true, detail }),
        );
      });
    }
  }

  customElements.define(`plaudit-${name}`, Widget);
}

/** Lets the element's children through: the page's own fallback. */
function showChildren(root: ShadowRoot): void {
  root.replaceChildren(element('slot'));
}
