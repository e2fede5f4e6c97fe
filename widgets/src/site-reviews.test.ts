/** Reviews of the shop itself, which elements show where `@site` stands in the place of a product. */
import { SITE_PRODUCT_ID } from '@plaudit/contract';
import { expect, test } from 'vitest';
import { findProblems } from '../test/accessibility.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const ALIAS = `/v1/shops/demo/products/${encodeURIComponent(SITE_PRODUCT_ID)}/reviews`;

test('rating, summary, badge and reviews show them, and no product’s', async () => {
  shop.stock(SITE_PRODUCT_ID, 4);
  shop.stock('42', 9);
  const { page } = await shop.visit({
    body: `<h1>About us</h1><plaudit-rating product="@site"></plaudit-rating>
      <plaudit-summary product="@site"></plaudit-summary>
      <plaudit-badge product="@site"></plaudit-badge>
      <plaudit-reviews product="@site"></plaudit-reviews>`,
  });
  await page.locator('plaudit-reviews .votes button').first().waitFor();
  await expect.poll(() => page.locator('plaudit-rating [part=count]').innerText()).toBe('(4)');
  for (const name of ['summary', 'badge']) {
    await expect
      .poll(() => page.locator(`plaudit-${name} [part=count]`).innerText())
      .toContain('4 reviews');
  }
  expect(await page.locator('plaudit-reviews [part=review]').count()).toBe(4);
  expect(await findProblems(page)).toEqual([]);
  expect(shop.edge.requests.toSorted()).toEqual([
    `GET ${ALIAS}`,
    `GET ${ALIAS}?limit=1`,
    `GET ${ALIAS}?limit=1`,
    'GET /v1/shops/demo/ratings?ids=%40site',
  ]);

  await page.locator('plaudit-rating button').focus();
  await page.locator('plaudit-rating [role=tooltip]').waitFor();
  expect(shop.edge.requests.at(-1)).toBe('GET /v1/shops/demo/site/reviews');
});

test.each(['reviews', 'review-form'])('%s send what is written of the shop', async (name) => {
  shop.stock('42', 1);
  const { page } = await shop.visit({
    body: `<plaudit-${name} product="@site"></plaudit-${name}>`,
  });
  if (name === 'reviews') await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('radio', { name: '5 stars' }).check();
  await page.getByLabel('Your review').fill('Fast and kind.');
  await page.getByLabel('Name').fill('Ines');
  await page.getByLabel('E-mail').fill('ines@example.com');
  await page.getByRole('button', { name: 'Send review' }).click();
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
  expect(shop.edge.requests).toContain('POST /v1/shops/demo/site/reviews');
});
