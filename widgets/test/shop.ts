/** A shop's page in a real browser, on another origin than the edge, watched for all that may go wrong. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });

/** What the page did that it should not have. */
export interface Trouble {
  /** Uncaught errors and unhandled rejections. */
  errors: string[];
  /** Of the page's Content-Security-Policy. */
  violations: string[];
  /** Scripts out of review texts that ran: each would call `executed()` or open a dialog. */
  executions: string[];
  /** Warnings and errors in its console, with their addresses. A test that means to cause one takes it out. */
  complaints: string[];
}

export interface Visit {
  page: Page;
  trouble: Trouble;
  /** Cumulative layout shift so far, counting those soon after input too; Chromium alone tells it. */
  layoutShift: () => Promise<number>;
}

export interface Document {
  head?: string;
  body: string;
  /** Content-Security-Policy. */
  csp?: string;
  /** More of its response fields. */
  fields?: Record<string, string>;
  /** Attributes of its root. */
  html?: string;
  /** Empty for a page that browsers show as in the last century. */
  doctype?: string;
}

export interface Shop {
  url: string;
  visit: (document: Document, options?: BrowserContextOptions) => Promise<Visit>;
  close: () => Promise<void>;
}

/** Ordinary text in the flow around widgets, so that a jump would be seen. */
const PAGE_CSS = `
  body { margin: 0 auto; padding: 1rem; max-inline-size: 68rem; font: 1rem/1.5 system-ui, sans-serif }
  html.dark { color-scheme: dark; background: #15171a; color: #f1f1f2 }`;

export async function openShop(browser: Browser): Promise<Shop> {
  let served: Document = { body: '' };
  const server = createServer((request, response) => {
    if (request.url === '/shop.css') {
      response.writeHead(200, { 'content-type': 'text/css' }).end(PAGE_CSS);
      return;
    }
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    if (request.url !== '/') {
      response.writeHead(404).end();
      return;
    }
    for (const [name, value] of Object.entries(served.fields ?? {}))
      response.setHeader(name, value);
    if (served.csp) response.setHeader('content-security-policy', served.csp);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(toHtml(served));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    visit: async (document, options) => {
      served = document;
      const context = await browser.newContext({
        viewport: { width: 1000, height: 800 },
        ...options,
      });
      const page = await context.newPage();
      const trouble: Trouble = { errors: [], violations: [], executions: [], complaints: [] };
      page.on('pageerror', (error) => trouble.errors.push(error.stack ?? error.message));
      page.on('console', (message) => {
        if (!/^(warning|error)$/.test(message.type())) return;
        trouble.complaints.push(`${message.location().url} ${message.text()}`);
      });
      page.on('dialog', (dialog) => {
        trouble.executions.push(`${dialog.type()}: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.exposeFunction('executed', (what: string) => trouble.executions.push(what));
      await page.exposeFunction('violated', (what: string) => trouble.violations.push(what));
      await page.addInitScript(watch);
      await page.goto(url);
      return { page, trouble, layoutShift: () => page.evaluate('layoutShift') };
    },
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

const toHtml = ({
  head = '',
  body,
  html = 'lang="en"',
  doctype = '<!doctype html>',
}: Document): string =>
  `${doctype}<html ${html}><head><title>Shop</title><link rel="stylesheet" href="/shop.css">${head}</head><body><main>${body}</main></body></html>`;

/** Runs in the page, before anything else. */
function watch(): void {
  const page = globalThis as unknown as {
    layoutShift: number;
    violated: (what: string) => void;
  };
  page.layoutShift = 0;
  // Firefox does not measure it, and complains when asked to.
  if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        page.layoutShift += (entry as PerformanceEntry & { value: number }).value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  }
  document.addEventListener('securitypolicyviolation', (event) => {
    page.violated(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
}
