/** Chromium as a visitor has it, with an account of everything that went wrong on the page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { findBrowser } from '../../scripts/browser.mjs';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Starts the browser that `npm test` found or installed. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('There is no Chromium; see scripts/browser.mjs.');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** A visitor's tab. */
export interface Visit {
  page: Page;
  /** Uncaught errors and unhandled rejections, by message. */
  errors: string[];
  /** URLs asked of the edge, in order. */
  edgeRequests: string[];
  close: () => Promise<void>;
}

/** Opens a page as a new visitor, with nothing cached. */
export async function visit(
  browser: Browser,
  url: string,
  edgeUrl: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ ...options, bypassCSP: false });
  const page = await context.newPage();
  const errors: string[] = [];
  const edgeRequests: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    // Votes come once the first view is there, and are no part of it.
    if (url.startsWith(edgeUrl) && !url.includes('/assets/later-')) edgeRequests.push(url);
  });
  await page.addInitScript(() => {
    const shifts = window as unknown as { layoutShift: number };
    shifts.layoutShift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        shifts.layoutShift += (entry as unknown as { value: number }).value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(url, { waitUntil: 'load' });
  return { page, errors, edgeRequests, close: () => context.close() };
}

/** The sum of all layout shifts so far, in the unit of Cumulative Layout Shift. */
export const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { layoutShift: number }).layoutShift);

/** What axe finds against WCAG 2.2 A and AA, one line a finding. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  // Evaluated through the debugger, so that the page's own content security policy stays in force.
  await session.send('Runtime.evaluate', { expression: axeSource });
  const { result } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations, passes }) => JSON.stringify({
        checked: passes.length,
        problems: violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.target.flat().join(' ') + ' ' + node.html.slice(0, 150))),
      }))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  const { checked, problems } = JSON.parse(String(result.value)) as {
    checked: number;
    problems: string[];
  };
  if (checked === 0) throw new Error('axe checked nothing.');
  return problems;
}
