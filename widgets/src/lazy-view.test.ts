import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const REVIEW = 'plaudit-reviews [part=review]';
const farBelow = (content: string): string =>
  `<p style="height: 3000px">Above</p>${content}<p>Below</p>`;

/** Resolves when the page has drawn, and has told its observers what is to be seen. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => resolve())));
      }),
  );
const isDefined = (page: Page): Promise<unknown> =>
  page.evaluate('customElements.whenDefined("plaudit-reviews").then(() => true)');

describe('a widget far below the window', () => {
  test('costs nothing until the visitor comes near, and then moves nothing', async () => {
    shop.stock('42', 12);
    const { page, layoutShift } = await shop.visit({
      body: farBelow('<plaudit-reviews product="42"></plaudit-reviews>'),
    });
    await isDefined(page);
    await drawn(page);
    expect(shop.edge.requests).toEqual([]);
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType('resource').filter(({ name }) => name.includes('/assets/')),
    );
    expect(scripts).toEqual([]);

    await page.mouse.wheel(0, 1700);
    await page.locator(REVIEW).nth(9).waitFor({ state: 'attached' });
    await page.mouse.wheel(0, 1300);
    await drawn(page);
    expect(shop.edge.requests).toHaveLength(1);
    expect(await layoutShift()).toBe(0);
  });

  test('comes when it is no longer hidden', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({
      body: '<section hidden><plaudit-reviews product="42"></plaudit-reviews></section>',
    });
    await isDefined(page);
    await drawn(page);
    expect(shop.edge.requests).toEqual([]);
    await page
      .locator('section')
      .first()
      .evaluate((box) => box.removeAttribute('hidden'));
    await page.locator(REVIEW).first().waitFor();
  });

  test('reads nothing when it is removed before anyone came near', async () => {
    shop.stock('42', 3);
    shop.stock('43', 3);
    const { page } = await shop.visit({
      body: farBelow('<plaudit-reviews product="42"></plaudit-reviews>'),
    });
    await isDefined(page);
    const host = page.locator('plaudit-reviews');
    await host.evaluate((element) => element.setAttribute('product', '43'));
    await page.mouse.wheel(0, 3000);
    await page.locator(REVIEW).first().waitFor();
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/products/43/reviews']);
  });

  test('takes the focus over when a rating has led to it', async () => {
    shop.stock('42', 12);
    const { page } = await shop.visit({
      body: `<plaudit-rating product="42"></plaudit-rating>${farBelow('<plaudit-reviews product="42"></plaudit-reviews>')}`,
    });
    await page.locator('plaudit-rating [part=count]').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator(REVIEW).first().waitFor();
    const heading = page.getByRole('heading', { name: 'Customer reviews' });
    await expect.poll(() => heading.evaluate((element) => element.matches(':focus'))).toBe(true);
    const top = await page
      .locator('plaudit-reviews')
      .evaluate((host) => host.getBoundingClientRect().top);
    expect(Math.abs(top)).toBeLessThan(2);
  });
});

test('a page that nobody sees yet is made ready at once', async () => {
  shop.stock('42', 12);
  const { page } = await shop.visit({ head: '', body: farBelow('') });
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true });
  });
  await page.locator('main').evaluate((main) => {
    main.insertAdjacentHTML('beforeend', '<plaudit-reviews product="42"></plaudit-reviews>');
  });
  await page.addScriptTag({ url: shop.edge.scriptUrl });
  await page.locator(REVIEW).first().waitFor({ state: 'attached' });
  expect(await page.evaluate('scrollY')).toBe(0);
});

describe('the product attribute', () => {
  test('may be left out: then the reviews are those of the whole shop', async () => {
    shop.stock('a', 3);
    shop.stock('b', 4);
    const { page } = await shop.visit({ body: '<plaudit-reviews></plaudit-reviews>' });
    await page.locator(REVIEW).nth(6).waitFor();
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/reviews']);
    expect(await page.getByRole('button', { name: 'Write a review' }).count()).toBe(0);
  });

  test('must not be empty: a theme that forgot to fill it in shows its fallback', async () => {
    shop.stock('a', 3);
    const { page } = await shop.visit({
      body: '<plaudit-reviews product="">Fallback</plaudit-reviews>',
    });
    await isDefined(page);
    await drawn(page);
    expect(await page.getByText('Fallback').isVisible()).toBe(true);
    expect(shop.edge.requests).toEqual([]);
  });
});
