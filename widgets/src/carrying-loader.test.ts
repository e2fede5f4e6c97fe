import { describe, expect, test } from 'vitest';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const REVIEW = 'plaudit-reviews [part=review]';
const COUNT = 'plaudit-rating [part=count]';

const tag = (product: string): string =>
  `<script async src="${shop.edge.scriptUrl}?product=${product}"></script>`;

describe('a script that carries a product', () => {
  test('shows its rating and reviews without asking for anything, and starts the chunk at once', async () => {
    shop.stock('42', 12);
    const { page } = await shop.visit({
      head: tag('42'),
      body: '<plaudit-rating product="42"></plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>',
    });
    await page.locator(REVIEW).first().waitFor();
    await page.locator(COUNT).waitFor();
    expect(await page.locator(REVIEW).count()).toBe(10);
    expect(shop.edge.requests).toEqual([]);
    const asked = await page.evaluate((edge) => {
      const names = performance.getEntriesByType('resource').map(({ name }) => name);
      return (
        names
          .filter((name) => name.startsWith(edge))
          .map((name) => name.slice(edge.length))
          // Votes come once all else is there.
          .filter((name) => !name.includes('/later-'))
      );
    }, shop.edge.url);
    expect(asked).toEqual([
      '/demo/plaudit.js?product=42',
      expect.stringMatching(/^\/assets\/reviews-[\w-]{8}\.js$/),
    ]);
  });

  test('goes on from there: the next page is asked for', async () => {
    shop.stock('42', 12);
    const { page } = await shop.visit({
      head: tag('42'),
      body: '<plaudit-reviews product="42"></plaudit-reviews>',
    });
    await page.getByRole('button', { name: 'Show more reviews' }).click();
    await expect.poll(() => page.locator(REVIEW).count()).toBe(12);
    expect(shop.edge.requests).toHaveLength(1);
  });

  test('asks for what it does not carry', async () => {
    shop.stock('42', 3);
    shop.stock('7', 2);
    const { page } = await shop.visit({
      head: tag('42'),
      body: ['42', '7', '42']
        .map((id) => `<plaudit-rating product="${id}"></plaudit-rating>`)
        .join(''),
    });
    await expect.poll(() => page.locator(COUNT).count()).toBe(3);
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/ratings?ids=7']);
  });

  test('asks again for an element that comes later', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({
      head: tag('42'),
      body: '<plaudit-reviews product="42"></plaudit-reviews>',
    });
    await page.locator(REVIEW).first().waitFor();
    shop.stock('42', 4);
    await page.evaluate(() => {
      document.body.innerHTML = '<plaudit-reviews product="42"></plaudit-reviews>';
    });
    await expect.poll(() => page.locator(REVIEW).count()).toBe(4);
    expect(shop.edge.requests).toHaveLength(1);
  });

  test('shows no stars where nobody has written yet', async () => {
    const { page } = await shop.visit({
      head: tag('42'),
      body: '<plaudit-rating product="42">none</plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>',
    });
    await page.getByText('No reviews yet.').waitFor();
    expect(await page.locator(COUNT).count()).toBe(0);
    expect(shop.edge.requests).toEqual([]);
  });

  test('is harmless beside the plain one', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({
      head: `${tag('42')}<script async src="${shop.edge.scriptUrl}"></script>${tag('42')}`,
      body: '<plaudit-reviews product="42"></plaudit-reviews>',
    });
    await page.locator(REVIEW).first().waitFor();
    expect(await page.locator(REVIEW).count()).toBe(3);
  });
});
