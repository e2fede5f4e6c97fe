import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import type { Media } from '@plaudit/sdk';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="teal"/></svg>';

/** Gives the first reviews of a product one photo each, and answers for the pictures. */
function photograph(productId: string, count: number): void {
  shop.stock(productId, count + 2);
  shop.edge.intercept = (request, response) => {
    if (!request.url?.endsWith('.svg')) return false;
    response.setHeader('content-type', 'image/svg+xml');
    response.end(SVG);
    return true;
  };
  for (const [index, review] of (shop.edge.products.get(productId) ?? []).entries()) {
    if (index < count) review.media = [photo(`${productId}-${index}`)];
  }
}

const photo = (name: string): Media => ({ kind: 'photo', url: `${shop.edge.url}/${name}.svg` });
const PHOTO = 'plaudit-gallery [part=photo] a';
const isFocused = (page: Page, selector: string, index: number): Promise<boolean> =>
  page
    .locator(selector)
    .nth(index)
    .evaluate((link) => link.matches(':focus'));

describe('plaudit-gallery', () => {
  test("shows the photos and videos of the shop's reviews, and asks only for those", async () => {
    photograph('a', 2);
    const [first] = shop.edge.products.get('a') ?? [];
    first?.media?.push({ kind: 'video', url: `${shop.edge.url}/film.mp4` });
    const { page } = await shop.visit({ body: '<plaudit-gallery></plaudit-gallery>' });
    await page.locator(PHOTO).nth(1).waitFor();
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/reviews?limit=30&media=true']);
    await page.getByRole('region', { name: 'Photos and videos by customers' }).waitFor();
    await page.getByRole('img', { name: 'Photo 1 by Maren T.' }).waitFor();
    const video = page.getByRole('link', { name: /Video 2 by Maren T\./ });
    expect(await video.getAttribute('href')).toBe(`${shop.edge.url}/film.mp4`);
    expect(await video.getAttribute('rel')).toBe('ugc nofollow noreferrer');
  });

  test('opens a photo large with its review, and gives the focus back', async () => {
    photograph('a', 3);
    const { page } = await shop.visit({ body: '<plaudit-gallery></plaudit-gallery>' });
    await page.locator(PHOTO).nth(2).waitFor();
    const scripts = (): Promise<number> =>
      page.evaluate(
        () =>
          performance
            .getEntriesByType('resource')
            .filter(({ name }) => /\/assets\/(reviews|lightbox)-/.test(name)).length,
      );
    expect(await scripts()).toBe(0);
    await page.locator(PHOTO).nth(1).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Photo 1 by Jo' });
    await dialog.waitFor();
    expect(await scripts()).toBe(2);
    expect(await dialog.innerText()).toMatch(/Does what it should[^]*2 of 3/);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'Photo 1 by Anselm' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await isFocused(page, PHOTO, 1)).toBe(true);

    await page.locator(PHOTO).nth(0).click();
    await page.getByRole('dialog', { name: 'Photo 1 by Maren T.' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(1);
  });

  test('opens a tab of its own when the large view cannot be had', async () => {
    photograph('a', 1);
    const { page } = await shop.visit({ body: '<plaudit-gallery></plaudit-gallery>' });
    await page.route('**/assets/reviews-*', (route) => route.abort());
    const tab = page.waitForEvent('popup');
    await page.locator(PHOTO).click();
    const opened = await tab;
    await expect.poll(() => opened.url()).toBe(`${shop.edge.url}/a-0.svg`);
  });

  test('brings more on demand, and moves the focus to the first of them at the end', async () => {
    photograph('a', 40);
    const { page } = await shop.visit({
      body: '<plaudit-gallery product="a"></plaudit-gallery>',
    });
    await page.locator(PHOTO).nth(29).waitFor();
    const more = page.getByRole('button', { name: 'Show more photos' });
    await more.focus();
    await page.keyboard.press('Enter');
    await page.locator(PHOTO).nth(39).waitFor({ state: 'attached' });
    expect(shop.edge.requests).toEqual([
      'GET /v1/shops/demo/products/a/reviews?limit=30&media=true',
      'GET /v1/shops/demo/products/a/reviews?cursor=30&limit=30&media=true',
    ]);
    expect(await more.count()).toBe(0);
    expect(await isFocused(page, PHOTO, 30)).toBe(true);
  });

  test('says when more could not be brought, and tries again', async () => {
    photograph('a', 40);
    const { page } = await shop.visit({ body: '<plaudit-gallery></plaudit-gallery>' });
    const more = page.getByRole('button', { name: 'Show more photos' });
    await more.waitFor();
    const { intercept } = shop.edge;
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('cursor=')) return intercept?.(request, response) ?? false;
      response.writeHead(404).end();
      return true;
    };
    await more.click();
    await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).waitFor();
    shop.edge.intercept = intercept;
    await more.click();
    await page.locator(PHOTO).nth(39).waitFor({ state: 'attached' });
    expect(await page.getByRole('alert').textContent()).toBe('');
  });

  test('shows nothing where nobody has photographed anything', async () => {
    shop.stock('a', 3);
    const { page } = await shop.visit({
      head: '',
      body: '<plaudit-gallery></plaudit-gallery>',
    });
    const ready = page.evaluate(
      () => new Promise((resolve) => addEventListener('plaudit:ready', () => resolve(true))),
    );
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    await ready;
    expect(await page.locator('plaudit-gallery').innerText()).toBe('');
    expect(await page.getByRole('region').count()).toBe(0);
  });
});

describe('the media strip of plaudit-reviews', () => {
  const STRIP = 'plaudit-reviews [part=strip] a';

  test('shows the photos of the shown reviews in a row, and opens them large', async () => {
    photograph('a', 4);
    const { page, layoutShift } = await shop.visit({
      body: '<plaudit-reviews product="a"></plaudit-reviews>',
    });
    await page.locator(STRIP).nth(3).waitFor();
    await page.getByRole('group', { name: 'Photos and videos by customers' }).waitFor();
    expect(await layoutShift()).toBe(0);
    await page.locator(STRIP).nth(2).click();
    await page.getByRole('dialog', { name: 'Photo 1 by Anselm' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await isFocused(page, STRIP, 2)).toBe(true);
  });

  test('is not there for one or two, which are seen anyway', async () => {
    photograph('a', 2);
    const { page } = await shop.visit({ body: '<plaudit-reviews product="a"></plaudit-reviews>' });
    await page.locator('plaudit-reviews [part=media] a').nth(1).waitFor();
    expect(await page.locator(STRIP).count()).toBe(0);
  });
});
