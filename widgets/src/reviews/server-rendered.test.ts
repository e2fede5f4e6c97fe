/** The element as a server writes it: read without scripts, and taken over without a trace. */

import { renderReviewsElement, reviewsStyles } from '@plaudit/sdk/server';
import type { ElementOptions } from '@plaudit/sdk/server';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { findProblems } from '../../test/accessibility.ts';
import { HOSTILE_TEXTS, hostileReview } from '../../test/hostile-reviews.ts';
import { answer } from '../../test/reviews.ts';
import { useStorefront } from '../../test/storefront.ts';

const storefront = useStorefront();

/** The element with the first page of product 42, as the edge would render it. */
function fragment(options: Partial<ElementOptions> = {}): string {
  const { products, settings } = storefront.edge;
  const page = answer(products.get('42') ?? [], { limit: settings.layout.pageSize });
  return renderReviewsElement(page, { product: '42', settings, ...options });
}

const AFTER = '<p id="after">What comes after.</p>';

/** Tells in the page's `window` when the widget has taken over. */
const WATCH = `<script>
  addEventListener('plaudit:ready', () => (window.isReady = true));
</script>`;

/** A page whose connection stalls before a mark in the element, until the test says to go on. */
async function visitPausedAt(mark: string, head = '') {
  const { edge, stock, visit } = storefront;
  stock('42', 12);
  const html = `<!doctype html><title>Shop</title>${head}${fragment()}${AFTER}`;
  const pauseAt = html.lastIndexOf('<', html.indexOf(mark));
  let goOn = (): void => {};
  edge.intercept = (request, response) => {
    if (request.url === '/favicon.ico') response.writeHead(204).end();
    if (request.url !== '/paused') return response.writableEnded;
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .write(html.slice(0, pauseAt));
    goOn = () => response.end(html.slice(pauseAt));
    return true;
  };
  const { page, layoutShift } = await visit({ body: '' });
  const arrival = page.goto(`${edge.url}/paused`);
  return {
    page,
    layoutShift,
    goOn: async () => {
      goOn();
      await arrival;
    },
  };
}

const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  });

describe('a server-rendered element', () => {
  test('is taken over without a request, a flash or a jump', async () => {
    storefront.stock('42', 25);
    const head = `${WATCH}<script async src="${storefront.edge.scriptUrl}"></script>`;
    const { page, layoutShift } = await storefront.visit({ head, body: fragment() + AFTER });
    const reviews = page.locator('plaudit-reviews');
    await page.waitForFunction('window.isReady');
    await page.waitForLoadState('networkidle');
    expect(await layoutShift()).toBe(0);
    expect(storefront.edge.requests).toEqual([]);
    expect(await reviews.locator('article').count()).toBe(10);
    expect(await reviews.locator('style, script, slot').count()).toBe(0);

    await reviews.getByRole('button', { name: 'Show more reviews' }).click();
    await reviews.locator('article').nth(19).waitFor();
    expect(storefront.edge.requests).toEqual(['GET /v1/shops/demo/products/42/reviews?cursor=10']);
  });

  test.each(['part="histogram"', 'class="bar"', 'part="write"', 'part="review"'])(
    'holds still where the page pauses before its %s',
    async (mark) => {
      const { page, layoutShift, goOn } = await visitPausedAt(mark);
      await page.locator('plaudit-reviews h2').waitFor();
      await twoFrames(page);
      await goOn();
      await page.locator('plaudit-reviews article').nth(9).waitFor();
      expect(await layoutShift()).toBe(0);
    },
  );

  test.each(['<template', '<script type="application/json"', '</template', '<p id="after"'])(
    'is taken over whole where the script runs while the page pauses before %s',
    async (mark) => {
      const script = `<script async src="${storefront.edge.scriptUrl}"></script>`;
      const { page, layoutShift, goOn } = await visitPausedAt(mark, WATCH + script);
      await page.waitForFunction('window.plaudit');
      await twoFrames(page);
      expect(await page.evaluate('window.isReady')).toBeUndefined();
      await goOn();
      await page.waitForFunction('window.isReady');
      const reviews = page.locator('plaudit-reviews');
      expect(await reviews.locator('article').count()).toBe(10);
      expect(await reviews.locator('section').count()).toBe(1);
      expect(await layoutShift()).toBe(0);
      expect(storefront.edge.requests).toEqual([]);
    },
  );

  test('keeps its very nodes, and with them focus and what is selected', async () => {
    storefront.stock('42', 12);
    const { page } = await storefront.visit({ head: WATCH, body: fragment() });
    const before = await page.evaluateHandle(() => {
      const root = document.querySelector('plaudit-reviews')?.shadowRoot;
      const nodes = [...(root?.querySelectorAll('section, section *') ?? [])];
      root?.querySelector('select')?.focus();
      return nodes;
    });
    await page.addScriptTag({ url: storefront.edge.scriptUrl });
    await page.waitForFunction('window.isReady');
    const kept = await page.evaluate((nodes) => {
      const root = document.querySelector('plaudit-reviews')?.shadowRoot;
      // Votes come later, into elements that are there.
      const now = [...(root?.querySelectorAll('section, section *:not(.votes *)') ?? [])];
      return {
        nodes: now.length === nodes.length && now.every((node, index) => node === nodes[index]),
        focus: root?.activeElement?.localName,
      };
    }, before);
    expect(kept).toEqual({ nodes: true, focus: 'select' });
  });

  test('looks the same before and after', async () => {
    storefront.stock('42', 12);
    storefront.edge.settings = {
      ...storefront.edge.settings,
      locale: 'ar',
      look: { scheme: 'auto', accentColor: 'rebeccapurple' },
    };
    const { page } = await storefront.visit({
      head: WATCH,
      body: fragment(),
      html: 'lang="ar" dir="rtl"',
    });
    // Votes come later, into their own space.
    await page.route('**/assets/later-*', (route) => route.abort());
    const before = await page.screenshot();
    await page.addScriptTag({ url: storefront.edge.scriptUrl });
    await page.waitForFunction('window.isReady');
    expect((await page.screenshot()).equals(before)).toBe(true);
  });

  test('filters, sorts and opens its form like any other', async () => {
    storefront.stock('42', 25);
    const head = `${WATCH}<script async src="${storefront.edge.scriptUrl}"></script>`;
    const { page } = await storefront.visit({ head, body: `<h1>Jumper</h1>${fragment()}` });
    const reviews = page.locator('plaudit-reviews');
    await page.waitForFunction('window.isReady');
    await reviews.getByRole('button', { name: '2-star reviews' }).click();
    await reviews.getByRole('button', { name: 'Remove filter' }).waitFor();
    await reviews.getByRole('button', { name: 'Write a review' }).click();
    await reviews.locator('form').waitFor();
    expect(storefront.edge.requests).toEqual(['GET /v1/shops/demo/products/42/reviews?rating=2']);
    expect(await findProblems(page)).toEqual([]);
  });

  test('is read with scripts off', async () => {
    storefront.stock('42', 3);
    const { page } = await storefront.visit({ body: fragment() }, { javaScriptEnabled: false });
    const reviews = page.locator('plaudit-reviews');
    expect(await reviews.locator('article').count()).toBe(3);
    await expect.poll(() => reviews.getByText('Better than hoped').isVisible()).toBe(true);
    expect(storefront.edge.requests).toEqual([]);
  });

  test('remains where the widget cannot come', async () => {
    storefront.stock('42', 3);
    storefront.edge.intercept = (request, response) => {
      if (!request.url?.startsWith('/assets/')) return false;
      response.writeHead(503).end();
      return true;
    };
    const head = `<script>addEventListener('plaudit:error', () => (window.hasFailed = true));</script>`;
    const script = `<script async src="${storefront.edge.scriptUrl}"></script>`;
    const { page } = await storefront.visit({ head: head + script, body: fragment() });
    await page.waitForFunction('window.hasFailed');
    expect(await page.locator('plaudit-reviews article').count()).toBe(3);
  });

  test('gives way when the element is about another product', async () => {
    storefront.stock('42', 3);
    storefront.stock('43', 5);
    const { page } = await storefront.visit({ body: fragment() });
    const reviews = page.locator('plaudit-reviews');
    await page.waitForFunction('window.plaudit');
    await reviews.evaluate((element) => element.setAttribute('product', '43'));
    await reviews.locator('article').nth(4).waitFor();
    expect(await reviews.locator('section').count()).toBe(1);
    expect(storefront.edge.requests).toEqual(['GET /v1/shops/demo/products/43/reviews']);
  });

  test('fits the strictest policy with its styles in a file or under a nonce', async () => {
    storefront.stock('42', 12);
    const { edge } = storefront;
    const stylesheet = `${edge.url}/styles.css`;
    edge.intercept = (request, response) => {
      if (request.url !== '/styles.css') return false;
      response.writeHead(200, { 'content-type': 'text/css' }).end(reviewsStyles(edge.settings));
      return true;
    };
    for (const [style, options, shiftMax] of [
      // No sheet of a shadow root holds up the page: its height is the page's to hold.
      [`'self' ${edge.url}`, { stylesheet }, 1],
      [`'self' 'nonce-n0nce'`, { nonce: 'n0nce' }, 0],
    ] as const) {
      const { page, layoutShift } = await storefront.visit({
        body: fragment({ ...options, facts: { name: 'Jumper' } }) + AFTER,
        csp: `default-src 'none'; script-src ${edge.url}; connect-src ${edge.url}; style-src ${style}; require-trusted-types-for 'script'`,
      });
      const styles = page.locator('plaudit-reviews').locator('style, link');
      // They go when the widget has brought its own.
      await expect.poll(() => styles.count()).toBe(0);
      expect(await layoutShift()).toBeLessThanOrEqual(shiftMax);
    }
  });

  test('shows hostile texts as text, before and after', async () => {
    const { edge } = storefront;
    edge.settings = { ...edge.settings, layout: { pageSize: 20 } };
    edge.products.set('42', HOSTILE_TEXTS.map(hostileReview));
    const head = `${WATCH}<script async src="${edge.scriptUrl}"></script>`;
    const facts = { name: HOSTILE_TEXTS.join('') };
    const { page } = await storefront.visit({ head, body: fragment({ facts }) });
    await page.waitForFunction('window.isReady');
    const articles = page.locator('plaudit-reviews article');
    expect(await articles.count()).toBe(HOSTILE_TEXTS.length);
    expect(await articles.locator('script, img[onerror], iframe, svg[onload]').count()).toBe(0);
  });
});
