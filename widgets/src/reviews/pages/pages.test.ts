import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { findProblems } from '../../../test/accessibility.ts';
import { useStorefront } from '../../../test/storefront.ts';

const shop = useStorefront();
const REVIEW = '[part=review]';
const body = '<h1>Jumper</h1><plaudit-reviews product="42" pages="numbered"></plaudit-reviews>';

async function open(content = body, html = 'lang="en"'): Promise<Page> {
  const { page } = await shop.visit({ body: content, html });
  await page.locator('[part=pages]').waitFor();
  return page;
}

const numbers = (page: Page): Promise<string[]> =>
  page.locator('[part=pages] [aria-label]').allTextContents();
const current = (page: Page): Promise<string> =>
  page.locator('[part=pages] [aria-current=page]').innerText();
const firstReview = (page: Page): Promise<string | null> =>
  page.locator(`${REVIEW} time`).first().getAttribute('datetime');
/** The instant of the review with this number. */
const day = (index: number): string =>
  new Date(Date.UTC(2026, 6, 28) - index * 86_400_000).toISOString();

describe('numbered pages', () => {
  test('lead on and back, to every page that was come to', async () => {
    shop.stock('42', 35);
    const page = await open();
    expect(await numbers(page)).toEqual(['1', '2']);
    const next = page.getByRole('button', { name: 'Next', exact: true });
    const previous = page.getByRole('button', { name: 'Previous', exact: true });
    expect(await previous.getAttribute('aria-disabled')).toBe('true');
    for (const start of [10, 20, 30]) {
      await next.click();
      await expect.poll(() => firstReview(page)).toBe(day(start));
    }
    expect(await page.locator(REVIEW).count()).toBe(5);
    expect(await numbers(page)).toEqual(['1', '2', '3', '4']);
    expect(await next.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Page 2' }).click();
    await expect.poll(() => firstReview(page)).toBe(day(10));
    expect(await current(page)).toBe('2');
    await previous.click();
    await expect.poll(() => firstReview(page)).toBe(day(0));
    expect(await numbers(page)).toEqual(['1', '2', '3', '4']);
    expect(await page.getByRole('button', { name: 'Show more reviews' }).count()).toBe(0);
  });

  test('begin at their start, where the focus goes too', async () => {
    shop.stock('42', 25);
    const page = await open();
    await page.getByRole('button', { name: 'Next', exact: true }).focus();
    await page.keyboard.press('Enter');
    const first = page.locator(REVIEW).first();
    await expect.poll(() => first.evaluate((review) => review.matches(':focus'))).toBe(true);
    const top = await first.evaluate((review) => review.getBoundingClientRect().top);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(800);
  });

  test('begin anew with another question', async () => {
    shop.stock('42', 35);
    const page = await open();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await expect.poll(() => current(page)).toBe('2');
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('lowest');
    await expect.poll(() => current(page)).toBe('1');
    await expect.poll(() => numbers(page)).toEqual(['1', '2']);
    expect(shop.edge.requests.at(-1)).toMatch(/\?sort=lowest$/);
  });

  test('are none where all reviews fit on one', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({ body });
    await page.locator(REVIEW).nth(2).waitFor();
    await expect
      .poll(() => page.evaluate(() => performance.getEntriesByType('resource').map(String).length))
      .toBeGreaterThan(2);
    expect(await page.getByRole('navigation').count()).toBe(0);
  });

  test('can be tried again when one was not to be had', async () => {
    shop.stock('42', 25);
    const page = await open();
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('cursor')) return false;
      response.writeHead(500).end();
      return true;
    };
    await page.getByRole('button', { name: 'Page 2' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.locator(REVIEW).count()).toBe(10);
    shop.edge.intercept = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => firstReview(page)).toBe(day(10));
    expect(await numbers(page)).toEqual(['1', '2', '3']);
  });

  test('are a setting of the shop too, and a button for more where they cannot be had', async () => {
    shop.stock('42', 25);
    const { settings } = shop.edge;
    shop.edge.settings = { ...settings, layout: { ...settings.layout, pages: 'numbered' } };
    const content = '<plaudit-reviews product="42"></plaudit-reviews>';
    await open(content);
    const { page } = await shop.visit({ body: '' });
    await page.route('**/assets/pages-*', (route) => route.abort());
    await page.setContent(`<script src="${shop.edge.scriptUrl}"></script>${content}`);
    await page.getByRole('button', { name: 'Show more reviews' }).click();
    await page.locator(REVIEW).nth(19).waitFor();
    const { page: other } = await shop.visit({
      body: content.replace('product', 'pages="more" product'),
    });
    await other.getByRole('button', { name: 'Show more reviews' }).waitFor();
    expect(await other.getByRole('navigation').count()).toBe(0);
  });

  test('give axe nothing to find, from right to left and on a phone too', async () => {
    shop.stock('42', 95);
    shop.edge.settings = { ...shop.edge.settings, locale: 'ar' };
    const page = await open(body, 'lang="ar" dir="rtl"');
    for (const start of [10, 20, 30, 40, 50]) {
      await page.locator('[part=pages] button').last().click();
      await expect.poll(() => firstReview(page)).toBe(day(start));
    }
    expect(await findProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
  });
});
