import { describe, expect, test } from 'vitest';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const BADGE = 'plaudit-badge [part=badge]';

describe('plaudit-badge', () => {
  test("shows the whole shop's rating in one small request", async () => {
    shop.stock('a', 1000);
    shop.stock('b', 24);
    const { page } = await shop.visit({ body: '<plaudit-badge></plaudit-badge>' });
    const badge = page.getByRole('img', { name: '3.7 out of 5 stars, 1,024 reviews' });
    await badge.waitFor();
    expect(await badge.innerText()).toMatch(
      /^3\.7 out of 5 stars\.\s+3\.7\s+Based on 1,024 reviews$/,
    );
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/reviews?limit=1']);
  });

  test('shows the rating of one product where it names one', async () => {
    shop.stock('a', 1000);
    shop.stock('b', 1);
    const { page } = await shop.visit({ body: '<plaudit-badge product="b"></plaudit-badge>' });
    await page.getByRole('img', { name: '5.0 out of 5 stars, 1 review' }).waitFor();
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/products/b/reviews?limit=1']);
  });

  test('is a link where it has an address, reached by keyboard', async () => {
    shop.stock('a', 3);
    const { page } = await shop.visit({
      body: '<plaudit-badge href="/#reviews"></plaudit-badge><p id="reviews">Here</p>',
    });
    await page
      .getByRole('link', { name: /^\d\.\d out of 5 stars\. .*Based on 3 reviews$/ })
      .waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toMatch(/#reviews$/);
  });

  test.for(['javascript:executed(1)', 'data:text/html,x', ' java\nscript:executed(1)'])(
    'is no link to %j',
    async (href) => {
      shop.stock('a', 3);
      const { page } = await shop.visit({ body: '' });
      await page.evaluate((value) => {
        const badge = document.createElement('plaudit-badge');
        badge.setAttribute('href', value);
        document.body.append(badge);
      }, href);
      await page.locator(BADGE).waitFor();
      expect(await page.getByRole('link').count()).toBe(0);
    },
  );

  test('shows nothing before the first review', async () => {
    const { page } = await shop.visit({
      head: '',
      body: '<plaudit-badge>Be the first</plaudit-badge>',
    });
    const ready = page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('plaudit:ready', (event) => resolve((event as CustomEvent).detail));
        }),
    );
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    expect(await ready).toEqual({ product: null });
    expect(await page.locator('plaudit-badge').innerText()).toBe('');
  });

  test('leaves its fallback, and tells the page, when it cannot be read', async () => {
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/reviews')) return false;
      response.writeHead(500).end();
      return true;
    };
    const { page } = await shop.visit({ head: '', body: '<plaudit-badge>Rated 4</plaudit-badge>' });
    const failed = page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('plaudit:error', ({ target }) => resolve((target as Element).localName));
        }),
    );
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    expect(await failed).toBe('plaudit-badge');
    expect(await page.getByText('Rated 4').isVisible()).toBe(true);
  });
});
