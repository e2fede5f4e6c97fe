import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { findProblems } from '../../../test/accessibility.ts';
import { useStorefront } from '../../../test/storefront.ts';

const shop = useStorefront();
const body = '<h1>Jumper</h1><plaudit-reviews product="42"></plaudit-reviews><p>Below</p>';

async function open(html = 'lang="en"') {
  shop.stock('42', 12);
  const visit = await shop.visit({ body, html });
  await visit.page.locator('[part=votes]').nth(9).waitFor();
  return visit;
}

const button = (page: Page, name: string, index = 3) =>
  page.getByRole('article').nth(index).getByRole('button', { name, exact: true });

describe('votes on a review', () => {
  test('come after the first view, into the space that is kept for them', async () => {
    shop.stock('42', 12);
    let release = (): void => {};
    const isHeld = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { page, layoutShift } = await shop.visit({ head: '', body });
    await page.route('**/assets/later-*', (route) => isHeld.then(() => route.continue()));
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    await page.getByRole('article').nth(9).waitFor();
    const height = (): Promise<number> =>
      page.locator('plaudit-reviews').evaluate((host) => host.getBoundingClientRect().height);
    const [heightBefore, shiftBefore] = [await height(), await layoutShift()];
    release();
    await page.locator('[part=votes]').nth(9).waitFor();
    expect(await button(page, 'Helpful: 3').getAttribute('aria-pressed')).toBe('false');
    expect(await button(page, 'Not helpful: 0').isVisible()).toBe(true);
    expect(await height()).toBe(heightBefore);
    expect(await layoutShift()).toBe(shiftBefore);
  });

  test('are counted at once, changed and taken back, all as one visitor', async () => {
    const { page } = await open();
    await button(page, 'Helpful: 3').click();
    await expect.poll(() => button(page, 'Helpful: 4').getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => shop.edge.posts.length).toBe(1);
    await expect.poll(() => button(page, 'Helpful: 4').getAttribute('aria-disabled')).toBe('false');
    await button(page, 'Not helpful: 0').click();
    await button(page, 'Not helpful: 1').waitFor();
    await expect.poll(() => button(page, 'Helpful: 3').getAttribute('aria-disabled')).toBe('false');
    await button(page, 'Not helpful: 1').click();
    await button(page, 'Not helpful: 0').waitFor();
    await expect.poll(() => shop.edge.posts.length).toBe(3);
    const votes = shop.edge.posts.map((post) => JSON.parse(post) as Record<string, string>);
    expect(votes.map(({ vote }) => vote)).toEqual(['up', 'down', 'none']);
    expect(new Set(votes.map(({ voter }) => voter)).size).toBe(1);
    expect(votes[0]?.['voter']).toMatch(/^[\w-]{16,64}$/);
    expect(shop.edge.requests.at(-1)).toBe('POST /v1/shops/demo/reviews/42-3/votes');
  });

  test('are the same after the list was sorted, and gone with the page: nothing is stored', async () => {
    const { page } = await open();
    await button(page, 'Helpful: 0', 0).click();
    await button(page, 'Helpful: 1', 0).waitFor();
    await page.getByLabel('Sort by').selectOption('highest');
    await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
    await expect
      .poll(() => button(page, 'Helpful: 1', 0).getAttribute('aria-pressed'))
      .toBe('true');
    const stored = await page.evaluate(() => [
      document.cookie,
      localStorage.length,
      sessionStorage.length,
    ]);
    expect(stored).toEqual(['', 0, 0]);
  });

  test('are taken back where the network fails, and say so', async () => {
    const { page } = await open();
    await page.route('**/votes', (route) => route.abort());
    await button(page, 'Helpful: 3').click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toBe('Your vote was not counted. Please try again.');
    expect(await button(page, 'Helpful: 3').getAttribute('aria-pressed')).toBe('false');
    await page.unroute('**/votes');
    await button(page, 'Helpful: 3').click();
    await button(page, 'Helpful: 4').waitFor();
    await expect.poll(() => alert.count()).toBe(0);
  });

  test('nobody misses them where their code cannot be had', async () => {
    shop.stock('42', 2);
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/assets/later')) return false;
      response.writeHead(404).end();
      return true;
    };
    const { page } = await shop.visit({ body });
    await page.getByRole('article').nth(1).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('article').first().innerText()).toContain('2026-07-28');
  });

  test.for([
    ['light', 'auto', 'en', 'lang="en"'],
    ['dark', 'dark', 'en', 'lang="en" class="dark"'],
    ['right to left', 'auto', 'ar', 'lang="ar" dir="rtl"'],
  ] as const)('axe has no finding: %s', async ([, scheme, locale, html]) => {
    shop.edge.settings = { ...shop.edge.settings, locale, look: { scheme } };
    const { page } = await open(html);
    await page.locator('.vote').first().click();
    await page.locator('.vote[aria-pressed=true]').waitFor();
    expect(await findProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
  });
});
