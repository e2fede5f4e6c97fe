import { describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();

async function open(attribute: string, width = 1000): Promise<{ page: Page; reviews: Locator }> {
  shop.stock('42', 12);
  const { page } = await shop.visit(
    { body: `<h1>Jumper</h1><plaudit-reviews product="42" ${attribute}></plaudit-reviews>` },
    { viewport: { width, height: 800 } },
  );
  const reviews = page.locator('plaudit-reviews [part=review]');
  await reviews.nth(9).waitFor({ state: 'attached' });
  return { page, reviews };
}

/** How many reviews stand beside the first, with it. */
const countColumns = (reviews: Locator): Promise<number> =>
  reviews.evaluateAll((articles) => {
    const tops = articles.map((article) => Math.round(article.getBoundingClientRect().top));
    return tops.filter((top) => top === tops[0]).length;
  });
const totalHeight = (reviews: Locator): Promise<number> =>
  reviews.evaluateAll((articles) =>
    articles.reduce((total, article) => total + article.getBoundingClientRect().height, 0),
  );

describe('the layout of reviews', () => {
  test('is a list unless told otherwise', async () => {
    const { reviews } = await open('');
    expect(await countColumns(reviews)).toBe(1);
  });

  test('is a grid of as many columns as there is room for', async () => {
    expect(await countColumns((await open('layout="grid"')).reviews)).toBe(3);
    expect(await countColumns((await open('layout="grid"', 390)).reviews)).toBe(1);
  });

  test('is lower where it is compact', async () => {
    const { page, reviews } = await open('');
    const usual = await totalHeight(reviews);
    await page.locator('plaudit-reviews').evaluate((host) => {
      host.setAttribute('layout', 'compact');
    });
    expect(await totalHeight(reviews)).toBeLessThan(usual * 0.85);
    expect(await countColumns(reviews)).toBe(1);
  });

  test('changes with the attribute, and nothing is read anew', async () => {
    const { page, reviews } = await open('layout="grid"');
    const host = page.locator('plaudit-reviews');
    await host.evaluate((element) => element.setAttribute('layout', 'list'));
    expect(await countColumns(reviews)).toBe(1);
    await host.evaluate((element) => element.setAttribute('layout', 'grid'));
    expect(await countColumns(reviews)).toBe(3);
    expect(shop.edge.requests).toHaveLength(1);
  });

  test("is the shop's setting where the element says nothing", async () => {
    const layout = { pageSize: 10, arrangement: 'grid' } as const;
    shop.edge.settings = { ...shop.edge.settings, layout };
    expect(await countColumns((await open('')).reviews)).toBe(3);
    expect(await countColumns((await open('layout="list"')).reviews)).toBe(1);
  });

  test.for(['grid', 'compact'])('nothing sticks out at 320 pixels: %s', async (layout) => {
    const { page } = await open(`layout="${layout}"`, 320);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
  });
});
