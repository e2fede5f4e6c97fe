/** A page of the components, as `shop` in the browser: rendered there, or on a server and hydrated. */
import { createElement as h, StrictMode, type ReactElement } from 'react';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server.browser';
import { PlauditScript, Rating, Reviews } from '../src/react/index.ts';

const page = globalThis as unknown as {
  seen: unknown[];
  element: HTMLElement | null;
  shop: object;
};
page.seen = [];
let root: Root;

const see =
  (name: string) =>
  ({ detail }: { detail: object }): void => {
    page.seen.push([name, detail]);
  };

interface AppProps {
  edge: string;
  product: string;
  /** A part of the page asks for the script once more. */
  again?: boolean;
}

/** Handlers are made anew at every render, as pages do. */
function App({ edge, product, again }: AppProps): ReactElement {
  const events = {
    onReady: see('ready'),
    onError: see('error'),
    onSubmit: see('submit'),
    onWithdraw: see('withdraw'),
  };
  const ref = (element: HTMLElement | null): void => {
    page.element = element;
  };
  const card = h(Rating, { product: 'inner', onReady: see('inner') });
  return h(
    StrictMode,
    null,
    h(PlauditScript, { edge, appKey: 'demo' }),
    again && h(PlauditScript, { edge, appKey: 'demo' }),
    h(Reviews, { product, className: 'wide', ...events, ref }, h('p', null, 'Loading'), card),
  );
}

page.shop = {
  toMarkup: (edge: string) => renderToString(h(App, { edge, product: '42' })),
  hydrate: (place: Element, edge: string) => {
    root = hydrateRoot(place, h(App, { edge, product: '42' }));
  },
  render: (place: Element, edge: string) => {
    root = createRoot(place);
    root.render(h(App, { edge, product: '42', again: true }));
  },
  show: (edge: string, product: string) => root.render(h(App, { edge, product })),
  leave: () => root.unmount(),
};
