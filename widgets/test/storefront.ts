/** What browser tests start from: an edge, a shop and a browser; and no trouble on any page, ever. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import type { Browser, BrowserContextOptions } from 'playwright';
import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { startEdge, type Edge } from './edge.ts';
import { questionAt } from './questions.ts';
import { reviewAt } from './reviews.ts';
import { launch, openShop, type Document, type Shop, type Visit } from './shop.ts';

export interface Storefront {
  readonly edge: Edge;
  /** Opens a page that carries the script tag, unless it brings a head of its own. */
  visit: (document: Document, options?: BrowserContextOptions) => Promise<Visit>;
  /** Gives a product so many reviews. */
  stock: (productId: string, count: number) => void;
  /** Gives a product so many questions. */
  ask: (productId: string, count: number) => void;
}

export function useStorefront(launchBrowser: () => Promise<Browser> = launch): Storefront {
  let browser: Browser;
  let shop: Shop;
  let edge: Edge;
  let visits: Visit[] = [];

  beforeAll(async () => {
    [browser, edge] = await Promise.all([launchBrowser(), startEdge(inject('distDir'))]);
    shop = await openShop(browser);
  });
  beforeEach(() => {
    edge.products.clear();
    edge.questions.clear();
    edge.requests.length = 0;
    edge.posts.length = 0;
    edge.uploads.length = 0;
    edge.intercept = undefined;
    edge.staged.clear();
    edge.settings = DEFAULT_SETTINGS;
  });
  afterEach(async () => {
    const seen = visits;
    visits = [];
    await Promise.all(seen.map(({ page }) => page.context().close()));
    for (const { trouble } of seen) {
      trouble.complaints = trouble.complaints.filter((complaint) => !isStaged(complaint, edge));
      expect(trouble).toEqual({ errors: [], violations: [], executions: [], complaints: [] });
    }
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all([shop.close(), edge.close()]);
  });

  return {
    get edge() {
      return edge;
    },
    visit: async (document, options) => {
      const head = `<script async src="${edge.scriptUrl}"></script>`;
      const visit = await shop.visit({ head, ...document }, options);
      visits.push(visit);
      return visit;
    },
    stock: (productId, count) => {
      edge.products.set(
        productId,
        Array.from({ length: count }, (_, index) => reviewAt(productId, index)),
      );
    },
    ask: (productId, count) => {
      edge.questions.set(
        productId,
        Array.from({ length: count }, (_, index) => questionAt(productId, index)),
      );
    },
  };
}

/** Whether Chromium tells of a load that the test has answered itself, routed elsewhere or cut off. */
const isStaged = (complaint: string, { staged }: Edge): boolean =>
  / Failed to load resource: /.test(complaint) &&
  (/ net::ERR_(FAILED|INTERNET_DISCONNECTED)/.test(complaint) ||
    [...staged].some((url) => complaint.startsWith(`${url} `)));
