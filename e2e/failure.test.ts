import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, layoutShift, visit } from './test/browser.ts';
import { startLine, type Line } from './test/line.ts';

let line: Line;
let browser: Browser;
beforeAll(async () => {
  [line, browser] = await Promise.all([startLine(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await line?.stop();
});

const open = (url: string) => visit(browser, url, line.edge.url);

/** The address of the first product in the listing. */
async function firstProduct(): Promise<string> {
  const { page, close } = await open(line.store.url);
  const path = await page.locator('main a[href^="/products/"]').first().getAttribute('href');
  await close();
  return `${line.store.url}${path}`;
}

/**
 * Waits until the edge answers each of these itself. An answer that was fetched while a purge arrived
 * is shown but not kept, and an origin that has just started sends a few.
 */
const untilKept = (urls: readonly string[]): Promise<void> =>
  expect
    .poll(
      async () => {
        // As Chromium asks: the edge keeps one answer a coding.
        const headers = { 'accept-encoding': 'gzip, deflate, br, zstd' };
        const answers = await Promise.all(urls.map((url) => fetch(url, { headers })));
        await Promise.all(answers.map((answer) => answer.arrayBuffer()));
        const isKept = (answer: Response) =>
          /; hit\b/.test(answer.headers.get('cache-status') ?? '') ||
          answer.url.includes('/assets/');
        return answers.filter((answer) => !isKept(answer)).map(({ url }) => url);
      },
      { timeout: 15_000 },
    )
    .toEqual([]);

describe('with the origin stopped', () => {
  test('pages that were read before still show stars and reviews to new visitors', async () => {
    const product = await firstProduct();
    const before = await open(product);
    await before.page.locator('plaudit-reviews [part~="review"]').first().waitFor();
    await before.page.locator('plaudit-rating [part~="count"]').first().waitFor();
    const seen = await before.page.locator('plaudit-reviews [part~="review"]').allTextContents();
    await before.close();
    await untilKept(before.edgeRequests);

    await line.origin.stop();
    const after = await open(product);
    await after.page.locator('plaudit-reviews [part~="review"]').first().waitFor();
    await after.page.locator('plaudit-rating [part~="count"]').first().waitFor();
    expect(await after.page.locator('plaudit-reviews [part~="review"]').allTextContents()).toEqual(
      seen,
    );
    expect(after.errors).toEqual([]);
    await after.close();
  });

  test('a review cannot be sent: the answer says so and when to try again', async () => {
    await line.origin.stop();
    const answer = await fetch(`${line.edge.url}/v1/shops/${line.appKey}/products/1/reviews`, {
      method: 'POST',
      body: JSON.stringify({ rating: 5, author: 'Ines', email: 'ines@example.com' }),
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await answer.json()).toMatchObject({ type: 'urn:plaudit:problem:unavailable' });
  });

  test('a page never read before shows its fallback, and is whole again when the origin is', async () => {
    await line.origin.stop();
    const url = `${line.edge.url}/v1/shops/${line.appKey}/products/never-read/reviews`;
    expect((await fetch(url)).status).toBe(503);
    await line.restartOrigin();
    await expect.poll(async () => (await fetch(url)).status, { timeout: 15_000 }).toBe(200);
  });
});

describe('with the edge stopped', () => {
  test('the page shows the fallback, without an uncaught error and without a shift', async () => {
    const product = await firstProduct();
    await line.edge.stop();
    const { page, errors, close } = await open(product);
    await page.waitForLoadState('networkidle');
    const fallback = page.locator('plaudit-reviews > *').first();
    expect(await fallback.isVisible()).toBe(true);
    expect(await layoutShift(page)).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });
});
