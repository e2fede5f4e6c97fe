/** What the matrix of `states.test.ts` does not show: dark by the shop's settings, sizes, the page around. */
import { expect, test } from 'vitest';
import { findProblems } from '../test/accessibility.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const body = `<h1>Jumper</h1><plaudit-rating product="42"></plaudit-rating>
  <plaudit-reviews product="42"></plaudit-reviews>`;

test('dark by the settings of the shop, reviews and form have no finding (AC01)', async () => {
  shop.stock('42', 25);
  shop.edge.settings = { ...shop.edge.settings, look: { scheme: 'dark' } };
  const { page } = await shop.visit({ body, html: 'lang="en" class="dark"' });
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('button', { name: 'Send review' }).click();
  await page.getByText('Choose from one to five stars').waitFor();
  await page.locator('plaudit-rating').hover();
  await page.getByRole('tooltip').waitFor();
  expect(await findProblems(page)).toEqual([]);
});

test('what axe finds in the page itself is the same with the widgets and without (AC07)', async () => {
  shop.stock('42', 3);
  const own = '<img src="data:,"><p style="color: #aaa; background: #fff">Pale</p>';
  const { page } = await shop.visit({ head: '', body: body + own });
  const before = await findProblems(page);
  expect(before).toEqual([
    expect.stringContaining('color-contrast'),
    expect.stringContaining('image-alt'),
  ]);
  await page.addScriptTag({ url: shop.edge.scriptUrl });
  await page.locator('plaudit-reviews .votes button').first().waitFor();
  expect(await findProblems(page)).toEqual(before);
});

test('every control is at least 24 pixels in both directions, on a phone too (AC03)', async () => {
  shop.stock('42', 25);
  const { page } = await shop.visit({ body }, { viewport: { width: 390, height: 844 } });
  await page.locator('[part=review]').first().waitFor();
  await page.locator('[part=count]').waitFor();
  await page.getByRole('button', { name: /^4-star/ }).click();
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('button', { name: 'Send review' }).waitFor();
  const small = await page.locator('button, select, input, textarea').evaluateAll((controls) =>
    controls
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ control }) => control.outerHTML),
  );
  expect(small).toEqual([]);
});
