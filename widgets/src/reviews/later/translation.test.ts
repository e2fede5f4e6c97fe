import { expect, test } from 'vitest';
import type { Page } from 'playwright';
import { findProblems } from '../../../test/accessibility.ts';
import { useStorefront } from '../../../test/storefront.ts';

const shop = useStorefront();
const body = '<h1>Jumper</h1><plaudit-reviews product="42"></plaudit-reviews>';

async function open(locale = 'en', html = 'lang="en"'): Promise<Page> {
  shop.stock('42', 3);
  const [first, ...others] = shop.edge.products.get('42') ?? [];
  if (!first) throw new Error('There is no review.');
  const translation = { locale, title: 'Very <b>warm</b>', body: 'I wear it every day.' };
  const foreign = { ...first, locale: 'de', title: 'Sehr warm', body: 'Ich trage ihn täglich.' };
  shop.edge.products.set('42', [{ ...foreign, translation }, ...others]);
  shop.edge.settings = { ...shop.edge.settings, locale };
  const { page } = await shop.visit({ body, html });
  await page.locator('[part=votes]').nth(2).waitFor();
  return page;
}

const card = (page: Page) => page.getByRole('article').filter({ hasText: 'Sehr warm' });

test('a translation is shown when asked for, below the reviewer’s own words, and put away again', async () => {
  const page = await open();
  expect(await page.getByRole('button', { name: 'Show translation' }).count()).toBe(1);
  const shown = page.locator('[part=translation]');
  expect(await shown.count()).toBe(0);
  await page.getByRole('button', { name: 'Show translation' }).focus();
  await page.keyboard.press('Enter');
  await shown.waitFor();
  expect(await shown.innerText()).toMatch(
    /^Translated\s+Very <b>warm<\/b>\s+I wear it every day\.$/,
  );
  expect(await shown.locator('p').getAttribute('lang')).toBe('en');
  expect(await card(page).locator('[part=body]').innerText()).toBe('Ich trage ihn täglich.');
  expect(await card(page).locator('[part=body]').getAttribute('lang')).toBe('de');
  const hide = page.getByRole('button', { name: 'Show original only' });
  expect(await hide.evaluate((button) => button.matches(':focus'))).toBe(true);
  await page.keyboard.press('Enter');
  await expect.poll(() => shown.count()).toBe(0);
});

test('its button comes into the line that is kept for the votes, also where that is narrow', async () => {
  const page = await open('de', 'lang="de"');
  for (const width of [1000, 320]) {
    await page.setViewportSize({ width, height: 700 });
    const heights = await page
      .locator('.vote-row')
      .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
    expect(new Set(heights).size).toBe(1);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
  }
});

test.for([
  ['en', 'lang="en"'],
  ['ar', 'lang="ar" dir="rtl"'],
] as const)('axe has no finding: %s', async ([locale, html]) => {
  const page = await open(locale, html);
  await card(page).locator('[aria-expanded]').last().click();
  await page.locator('[part=translation]').waitFor();
  expect(await findProblems(page)).toEqual([]);
});
