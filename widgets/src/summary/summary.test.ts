import { describe, expect, test } from 'vitest';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const STRIP = 'plaudit-summary [part=summary]';

describe('plaudit-summary', () => {
  test("shows the whole shop's rating and its spread in one small request", async () => {
    shop.stock('a', 1000);
    shop.stock('b', 24);
    const { page } = await shop.visit({ body: '<plaudit-summary></plaudit-summary>' });
    const strip = page.locator(STRIP);
    await strip.waitFor();
    expect(await strip.innerText()).toMatch(
      /^3\.7\s+3\.7 out of 5 stars\.\s+Based on 1,024 reviews\s+5-star reviews: 293\./,
    );
    expect(await strip.locator('.bar').count()).toBe(5);
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/reviews?limit=1']);
  });

  test('leads to the reviews of a product where it has an address', async () => {
    shop.stock('b', 1);
    const { page } = await shop.visit({
      body: '<plaudit-summary product="b" href="/#reviews"></plaudit-summary><p id="reviews">Here</p>',
    });
    await page.getByRole('link', { name: 'Based on 1 review' }).click();
    await expect.poll(() => page.url()).toMatch(/#reviews$/);
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/products/b/reviews?limit=1']);
  });

  test('shows nothing before the first review', async () => {
    const { page } = await shop.visit({
      head: '',
      body: '<plaudit-summary>Be the first</plaudit-summary>',
    });
    const ready = page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('plaudit:ready', (event) => resolve((event as CustomEvent).detail));
        }),
    );
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    expect(await ready).toEqual({ product: null });
    expect(await page.locator('plaudit-summary').innerText()).toBe('');
  });
});
