/** One load of a page in Chromium as a visitor on a slow phone has it, and what it cost. */
import type { Browser } from 'playwright';

/** Chromium's own "Slow 4G". */
const NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const CPU_SLOWDOWN = 4;
const GIVEN_UP_MS = 60_000;
/** Tasks up to this long block nobody. */
const LONG_TASK_MS = 50;
/** What is still to come once the reviews are there: dates in words, pictures, beacons. */
const AFTERWARDS_MS = 1500;

export interface Cost {
  /** From the start of navigation until the first review is painted. */
  visibleMs: number;
  /** What long tasks took beyond 50 ms each. */
  blockedMs: number;
  layoutShift: number;
  /** Beside the page itself. */
  requests: number;
  /** As they travelled, with their headers. */
  bytes: number;
}

/** Loads a page with nothing cached. */
export async function load(browser: Browser, url: string): Promise<Cost> {
  const context = await browser.newContext({ viewport: { width: 412, height: 915 } });
  const page = await context.newPage();
  await page.addInitScript(watch, LONG_TASK_MS);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });

  const own = new Set<string>();
  let [requests, bytes] = [0, 0];
  session.on('Network.requestWillBeSent', ({ requestId, type }) => {
    if (type === 'Document') own.add(requestId);
    else requests++;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!own.has(requestId)) bytes += encodedDataLength;
  });

  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction('window.cost.visibleMs', null, { timeout: GIVEN_UP_MS });
  await page.waitForTimeout(AFTERWARDS_MS);
  const cost = await page.evaluate<Omit<Cost, 'requests' | 'bytes'>>('window.cost');
  await context.close();
  return { ...cost, requests, bytes };
}

/** Runs in the page, before anything else. */
function watch(longTaskMs: number): void {
  const cost = { visibleMs: 0, blockedMs: 0, layoutShift: 0 };
  (globalThis as unknown as { cost: typeof cost }).cost = cost;
  const find = (): Element | null | undefined =>
    document.querySelector('plaudit-reviews')?.shadowRoot?.querySelector('[part=review]') ??
    document.querySelector('.wl-card, .atk-comment');
  const look = (): void => {
    if (!find()) requestAnimationFrame(look);
    // The frame in which it was seen is on the screen when the next one starts.
    else requestAnimationFrame((now) => (cost.visibleMs = now));
  };
  requestAnimationFrame(look);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) cost.blockedMs += duration - longTaskMs;
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      cost.layoutShift += (entry as PerformanceEntry & { value: number }).value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
