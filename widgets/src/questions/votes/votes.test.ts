import { describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright';
import { findProblems } from '../../../test/accessibility.ts';
import { useStorefront } from '../../../test/storefront.ts';

const shop = useStorefront();
const body = '<h1>Jumper</h1><plaudit-questions product="42"></plaudit-questions><p>Below</p>';

async function open(html = 'lang="en"') {
  shop.ask('42', 12);
  const visit = await shop.visit({ body, html });
  await visit.page.locator('[part=votes]').nth(9).waitFor();
  return visit;
}

const button = (within: Page | Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true }).first();
const last = (): string | undefined => shop.edge.requests.at(-1);

describe('votes on questions and answers', () => {
  test('come after the first view, into the space that is kept for them', async () => {
    shop.ask('42', 4);
    let release = (): void => {};
    const isHeld = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { page, layoutShift } = await shop.visit({ head: '', body });
    await page.route('**/assets/votes-*', (route) => isHeld.then(() => route.continue()));
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    await page.getByText('Jul 28, 2026').first().waitFor();
    const height = (): Promise<number> =>
      page.locator('plaudit-questions').evaluate((host) => host.getBoundingClientRect().height);
    const [heightBefore, shiftBefore] = [await height(), await layoutShift()];
    release();
    await page.locator('[part=votes]').nth(6).waitFor();
    expect(await height()).toBe(heightBefore);
    expect(await layoutShift()).toBe(shiftBefore);
  });

  test('are counted at once and taken back, on a question and on its answer', async () => {
    const { page } = await open();
    const question = page.locator('[part=question]').first();
    await button(question, 'Helpful: 0').click();
    await expect.poll(last).toBe('POST /v1/shops/demo/questions/42-0/votes');
    const own = button(question, 'Helpful: 1');
    await expect.poll(() => own.getAttribute('aria-disabled')).toBe('false');
    expect(await own.getAttribute('aria-pressed')).toBe('true');
    await own.click();
    await expect
      .poll(() => button(question, 'Helpful: 0').getAttribute('aria-pressed'))
      .toBe('false');
    const answer = question.locator('[part~=answer]').first();
    await button(answer, 'Not helpful: 0').click();
    await expect.poll(last).toBe('POST /v1/shops/demo/answers/42-0-a/votes');
    await expect
      .poll(() => button(answer, 'Not helpful: 1').getAttribute('aria-pressed'))
      .toBe('true');
    const votes = shop.edge.posts.map((post) => JSON.parse(post) as Record<string, string>);
    expect(votes.map(({ vote }) => vote)).toEqual(['up', 'none', 'down']);
    expect(new Set(votes.map(({ voter }) => voter)).size).toBe(1);
  });

  test('are there on questions that come later', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Show more questions' }).click();
    const twelfth = page.locator('[part=question]').nth(11);
    await expect.poll(() => button(twelfth, 'Helpful: 0').isVisible()).toBe(true);
  });

  test('are taken back where the network fails, and say so', async () => {
    const { page } = await open();
    await page.route('**/votes', (route) => route.abort());
    await button(page, 'Helpful: 0').click();
    const alert = page.getByText('Your vote was not counted. Please try again.');
    await alert.waitFor();
    await page.unroute('**/votes');
    await button(page, 'Helpful: 0').click();
    await button(page, 'Helpful: 1').waitFor();
    expect(await alert.count()).toBe(0);
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
