import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const REVIEW = 'plaudit-tab plaudit-reviews [part=review]';
const openButton = (page: Page) => page.locator('plaudit-tab [part=tab]');

describe('plaudit-tab', () => {
  test('says the rating, and reads no review before it is opened', async () => {
    shop.stock('a', 12);
    const { page, layoutShift } = await shop.visit({
      body: '<p style="height: 4000px">Long</p><plaudit-tab></plaudit-tab>',
    });
    const button = page.getByRole('button', {
      name: 'Reviews 3.6 out of 5 stars, 12 reviews',
    });
    await button.waitFor();
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/reviews?limit=1']);
    const { x, width } = (await button.boundingBox()) ?? { x: 0, width: 0 };
    expect(x + width).toBeCloseTo(1000, 0);
    await button.click();
    await page.locator(REVIEW).nth(9).waitFor({ state: 'attached' });
    expect(shop.edge.requests.slice(1)).toEqual(['GET /v1/shops/demo/reviews']);
    expect(await layoutShift()).toBeLessThan(0.01);
  });

  test('shows the reviews of one product, with its form, where it names one', async () => {
    shop.stock('a', 3);
    const { page } = await shop.visit({ body: '<plaudit-tab product="a"></plaudit-tab>' });
    await openButton(page).click();
    await page.locator(REVIEW).nth(2).waitFor({ state: 'attached' });
    expect(shop.edge.requests.at(-1)).toBe('GET /v1/shops/demo/products/a/reviews');
    await page.getByRole('button', { name: 'Write a review' }).waitFor();
  });

  test('opens, keeps the focus and gives it back by keyboard alone', async () => {
    shop.stock('a', 3);
    const { page } = await shop.visit({
      body: '<plaudit-tab></plaudit-tab><a href="#">Behind</a>',
    });
    await openButton(page).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Reviews' }).waitFor();
    await page.locator(REVIEW).first().waitFor({ state: 'attached' });
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press('Tab');
      expect(await page.getByText('Behind').evaluate((link) => link.matches(':focus'))).toBe(false);
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await openButton(page).evaluate((button) => button.matches(':focus'))).toBe(true);
  });

  test('closes by its button and by a click beside it, and keeps what was read', async () => {
    shop.stock('a', 3);
    const { page } = await shop.visit({ body: '<plaudit-tab></plaudit-tab>' });
    await openButton(page).click();
    await page.locator(REVIEW).first().waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    const { length } = shop.edge.requests;
    await openButton(page).click();
    await page.getByRole('dialog').waitFor();
    await page.mouse.click(20, 400);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(shop.edge.requests).toHaveLength(length);
  });

  test('is there without a rating, when that cannot be read or there is none', async () => {
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('limit=1')) return false;
      response.writeHead(500).end();
      return true;
    };
    const { page } = await shop.visit({ body: '<plaudit-tab></plaudit-tab>' });
    await openButton(page).click();
    await page.getByText('No reviews yet').waitFor();
    expect(await openButton(page).textContent()).toBe('Reviews');
  });

  test.for(['en', 'ar'])('nothing sticks out of the panel on a phone: %s', async (locale) => {
    shop.stock('a', 12);
    shop.edge.settings = { ...shop.edge.settings, locale };
    const html = locale === 'ar' ? 'lang="ar" dir="rtl"' : 'lang="en"';
    const { page } = await shop.visit(
      { body: '<plaudit-tab></plaudit-tab>', html },
      { viewport: { width: 390, height: 800 } },
    );
    await openButton(page).click();
    await page.locator(REVIEW).first().waitFor({ state: 'attached' });
    const overflow = await page
      .getByRole('dialog')
      .evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
    expect(overflow).toBe(0);
  });
});
