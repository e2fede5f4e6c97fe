import { get } from 'node:http';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccessibilityProblems, launchBrowser, layoutShift, visit } from './test/browser.ts';
import { startLine, type Line } from './test/line.ts';
import { startPage } from './test/page.ts';

/** How long a published review may take to reach another visitor's page. */
const PUBLISHED_WITHIN_MS = 2000;
/**
 * The budget itself is held by `npm run size`, at the highest compression. This bound holds what
 * travels, with the demo's longest reviews, all ratings and a loader compressed in passing: it breaks
 * when something comes uncompressed or twice.
 */
const FIRST_VIEW_MAX_BYTES = 15_800;

let line: Line;
let browser: Browser;
beforeAll(async () => {
  [line, browser] = await Promise.all([startLine(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await line?.stop();
});

const productUrl = (id: string) => `${line.store.url}/products/${id}`;
const open = (url: string, options = {}) => visit(browser, url, line.edge.url, options);
const review = 'plaudit-reviews [part~="review"]';

/** The id of the most reviewed product, as the store lists it. */
async function popularProduct(): Promise<string> {
  const { page, close } = await open(line.store.url);
  const ids = await page
    .locator('plaudit-rating')
    .evaluateAll((elements) => elements.map((element) => element.getAttribute('product') ?? ''));
  await close();
  const answer = await fetch(
    `${line.edge.url}/v1/shops/${line.appKey}/ratings?ids=${[...new Set(ids)].join(',')}`,
  );
  const { ratings } = (await answer.json()) as { ratings: Record<string, { count: number }> };
  const [popular] = Object.entries(ratings).toSorted(([, a], [, b]) => b.count - a.count);
  if (!popular) throw new Error('The demo shop has no rated product.');
  return popular[0];
}

/** Bytes of an answer's content to a client that takes brotli, as they travel. */
function weighBrotli(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'accept-encoding': 'br' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('end', () => resolve(bytes));
    });
    request.on('error', reject);
  });
}

describe('a visitor of the listing page', () => {
  test('sees stars on the cards, fetched in one request, and nothing jumps', async () => {
    const { page, errors, edgeRequests, close } = await open(line.store.url);
    const cards = page.locator('plaudit-rating');
    await page.locator('plaudit-rating [part~="count"]').first().waitFor();
    expect(await cards.count()).toBeGreaterThanOrEqual(10);
    expect(await page.locator('plaudit-rating [part~="count"]').count()).toBeGreaterThanOrEqual(10);
    expect(edgeRequests.filter((url) => url.includes('/ratings?'))).toHaveLength(1);
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.01);
    expect(errors).toEqual([]);
    await close();
  });
});

describe('a visitor of a product page', () => {
  test('sees the rating and the first ten reviews, in at most four requests', async () => {
    const { page, errors, edgeRequests, close } = await open(productUrl(await popularProduct()));
    await page.locator(review).first().waitFor();
    await page.locator('plaudit-rating [part~="count"]').first().waitFor();
    expect(await page.locator(review).count()).toBe(10);
    expect(edgeRequests.length).toBeLessThanOrEqual(4);
    expect(errors).toEqual([]);
    await close();
  });

  test('downloads little more than a new connection carries in its first window', async () => {
    const { page, edgeRequests, close } = await open(productUrl(await popularProduct()));
    await page.locator(review).first().waitFor();
    await page.locator('plaudit-rating [part~="count"]').first().waitFor();
    await page.waitForLoadState('networkidle');
    await close();
    // Chromium asks for brotli on https only; what it asked for is asked for again as it would there.
    const weights = await Promise.all(edgeRequests.map(weighBrotli));
    const sum = weights.reduce((total, bytes) => total + bytes, 0);
    console.log(`First view: ${weights.length} requests, ${sum} bytes (${weights.join(' + ')})`);
    expect(weights.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...weights)).toBeGreaterThan(0);
    expect(sum).toBeLessThanOrEqual(FIRST_VIEW_MAX_BYTES);
  });

  test('goes on to another product without a page load and sees that one’s reviews', async () => {
    const { page, errors, close } = await open(line.store.url);
    await page.evaluate(() => Object.assign(window, { isSamePage: true }));
    const seen = new Set<string | null>();
    for (const from of ['', ' .related']) {
      const path = new URL(page.url()).pathname;
      await page.locator(`main${from} a[href^="/products/"]:not([href="${path}"])`).first().click();
      await page.waitForURL((url) => url.pathname !== path);
      await page.locator('plaudit-reviews').waitFor();
      const id = await page.locator('plaudit-reviews').getAttribute('product');
      expect(page.url()).toBe(productUrl(id ?? ''));
      const answer = await fetch(
        `${line.edge.url}/v1/shops/${line.appKey}/products/${id}/reviews?limit=1`,
      );
      const { summary } = (await answer.json()) as { summary: { count: number } };
      await page
        .locator('plaudit-reviews')
        .getByText(new RegExp(`\\b${summary.count}\\b`))
        .first()
        .waitFor();
      seen.add(id);
    }
    expect(seen.size).toBe(2);
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
    expect(errors).toEqual([]);
    await close();
  });

  test.each(['light', 'dark'] as const)(
    'meets no barrier that axe can find, %s',
    async (colorScheme) => {
      for (const url of [line.store.url, productUrl(await popularProduct())]) {
        const { page, close } = await open(url, { colorScheme });
        await page.locator('plaudit-rating [part~="count"]').first().waitFor();
        if (url.includes('/products/')) await page.locator(review).first().waitFor();
        expect(await findAccessibilityProblems(page)).toEqual([]);
        await close();
      }
    },
  );
});

describe('a page with two widgets', () => {
  test('shows each product’s own reviews', async () => {
    const html = `<!doctype html><html lang="en"><title>Two</title>
      <script async src="${line.edge.url}/${line.appKey}/plaudit.js"></script>
      <plaudit-reviews product="PRODUCT-A"></plaudit-reviews>
      <plaudit-reviews product="PRODUCT-B"></plaudit-reviews>`;
    const popular = await popularProduct();
    const shop = await startPage(
      html.replace('PRODUCT-A', popular).replace('PRODUCT-B', 'unheard-of'),
    );
    const { page, errors, close } = await open(shop.url);
    const [first, second] = [
      page.locator('plaudit-reviews').nth(0),
      page.locator('plaudit-reviews').nth(1),
    ];
    await first.locator('[part~="review"]').first().waitFor();
    await second.locator('[part~="empty"]').waitFor();
    expect(await second.locator('[part~="review"]').count()).toBe(0);
    expect(errors).toEqual([]);
    await close();
    await shop.stop();
  });
});

describe('a review that one visitor writes', () => {
  test('is on another visitor’s page within two seconds of being published', async () => {
    const product = await popularProduct();
    const reader = await open(productUrl(product));
    await reader.page.locator(review).first().waitFor();
    await reader.close();

    // In letters: a number of so many digits could be a telephone’s, and wait for the shop.
    const title = `Written at ${Date.now().toString(36)}`;
    const submission = { rating: 4, title, author: 'Ines', email: 'ines@example.com' };
    const answer = await fetch(
      `${line.edge.url}/v1/shops/${line.appKey}/products/${product}/reviews`,
      {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify(submission),
      },
    );
    const publishedAt = performance.now();
    expect(answer.status).toBe(201);

    const list = `${line.edge.url}/v1/shops/${line.appKey}/products/${product}/reviews?sort=newest`;
    await expect
      .poll(async () => await (await fetch(list)).text(), {
        timeout: PUBLISHED_WITHIN_MS,
        interval: 20,
      })
      .toContain(title);
    console.log(
      `The review was readable ${Math.round(performance.now() - publishedAt)} ms after its 201.`,
    );

    const other = await open(productUrl(product));
    await other.page.locator(review).first().waitFor();
    await other.page.locator('plaudit-reviews').getByRole('combobox').selectOption('newest');
    await other.page.locator(review).getByText(title).waitFor({ timeout: PUBLISHED_WITHIN_MS });
    expect(other.errors).toEqual([]);
    await other.close();
  });

  test('GD06: can be written and withdrawn with the keyboard alone, and is gone then', async () => {
    const product = await popularProduct();
    const { page, errors, close } = await open(productUrl(product));
    await page.locator(review).first().waitFor();
    const widget = page.locator('plaudit-reviews');
    await widget.getByRole('button', { name: /write a review/i }).focus();
    await page.keyboard.press('Enter');
    await widget.getByRole('radio').first().waitFor();
    await widget.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight');
    expect(await widget.getByRole('radio', { checked: true }).getAttribute('value')).toBe('5');
    await widget.getByLabel(/title/i).fill('Typed, not clicked');
    await widget.getByLabel(/^(your )?review/i).fill('Every step was taken with the keyboard.');
    await widget.getByLabel(/name/i).fill('Kei');
    await widget.getByLabel(/mail/i).fill('kei@example.com');
    await page.keyboard.press('Enter');
    await widget.getByText(/thank/i).first().waitFor();
    const list = `${line.edge.url}/v1/shops/${line.appKey}/products/${product}/reviews?sort=newest`;
    const readList = async () => await (await fetch(list)).text();
    await expect.poll(readList).toContain('Typed, not clicked');

    await widget.getByRole('button', { name: 'Withdraw review' }).focus();
    await page.keyboard.press('Enter');
    await widget.getByText('It is removed for good.').waitFor();
    await page.keyboard.press('Enter');
    await widget.getByRole('heading', { name: 'Your review is withdrawn.' }).waitFor();
    await expect.poll(readList).not.toContain('Typed, not clicked');
    await expect.poll(() => widget.getByText('Typed, not clicked').count()).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });
});

describe('reviews.html of the edge, in the page of a shop’s own server', () => {
  test('is read without scripts, and taken over without a request for reviews', async () => {
    const product = await popularProduct();
    const answer = await fetch(
      `${line.edge.url}/v1/shops/${line.appKey}/products/${product}/reviews.html?name=Kettle`,
    );
    const fragment = await answer.text();
    expect(fragment).toContain('"@type":"AggregateRating"');
    const script = `<script async src="${line.edge.url}/${line.appKey}/plaudit.js"></script>`;
    const shop = await startPage(
      `<!doctype html><html lang="en"><head><title>Kettle</title>${script}</head><body>${fragment}</body></html>`,
    );
    const withoutScripts = await open(shop.url, { javaScriptEnabled: false });
    expect(await withoutScripts.page.locator(review).count()).toBe(10);
    await withoutScripts.close();

    const { page, errors, edgeRequests, close } = await open(shop.url);
    const widget = page.locator('plaudit-reviews');
    // Its style goes when the widget has brought its own.
    await expect.poll(() => widget.locator('style').count()).toBe(0);
    expect(await page.locator(review).count()).toBe(10);
    expect(await layoutShift(page)).toBe(0);
    expect(edgeRequests.filter((url) => url.includes('/v1/'))).toEqual([]);
    expect(errors).toEqual([]);
    await close();
    await shop.stop();
  });
});
