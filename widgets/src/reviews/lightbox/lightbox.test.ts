import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { useStorefront } from '../../../test/storefront.ts';

const shop = useStorefront();

/** Three photos in two reviews, and a video, which is no photo. */
async function open(): Promise<Page> {
  shop.stock('42', 5);
  const [first, , third] = shop.edge.products.get('42') ?? [];
  const picture = (name: string): string => `${shop.edge.url}/${name}.svg`;
  shop.edge.intercept = (request, response) => {
    if (!request.url?.endsWith('.svg')) return false;
    response.setHeader('content-type', 'image/svg+xml');
    response.end(
      '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="teal"/></svg>',
    );
    return true;
  };
  if (first)
    first.media = [
      { kind: 'photo', url: picture('a') },
      { kind: 'photo', url: picture('b') },
    ];
  if (third)
    third.media = [
      { kind: 'video', url: picture('v') },
      { kind: 'photo', url: picture('c') },
    ];
  const { page } = await shop.visit({ body: '<plaudit-reviews product="42"></plaudit-reviews>' });
  await page.locator('[part=media] a').first().waitFor();
  return page;
}

describe('a photo', () => {
  test('opens large, leads to the others and back, and gives the focus back on Escape (AC02)', async () => {
    const page = await open();
    const link = page.locator('[part=media] a').nth(1);
    await link.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Photo 2 by Maren T.' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/Better than hoped[^]*2 of 3/);

    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'Photo 2 by Anselm' }).waitFor();
    await page.getByRole('button', { name: 'Next photo' }).click();
    await page.getByRole('dialog', { name: 'Photo 1 by Maren T.' }).waitFor();
    await page.getByRole('button', { name: 'Previous photo' }).click();
    await page.getByText('3 of 3').waitFor();

    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await link.evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  test('opens in a tab of its own when its large view cannot be had', async () => {
    const page = await open();
    await page.route('**/assets/lightbox-*', (route) => route.abort());
    const tab = page.waitForEvent('popup');
    await page.locator('[part=media] a').first().click();
    const opened = await tab;
    await expect.poll(() => opened.url()).toBe(`${shop.edge.url}/a.svg`);
  });

  test('closes on a click beside it', async () => {
    const page = await open();
    await page.locator('[part=media] a').first().click();
    await page.getByRole('dialog').waitFor();
    await page.mouse.click(5, 5);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });
});
