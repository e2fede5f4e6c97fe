import { expect, test } from 'vitest';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const body = `<plaudit-rating product="42"></plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>`;

test('widgets speak the language of the shop, and only that one is downloaded', async () => {
  shop.stock('42', 1);
  shop.edge.settings = {
    ...shop.edge.settings,
    locale: 'de-AT',
    texts: { 'reviews.heading': 'Stimmen' },
  };
  const { page } = await shop.visit({ body });
  await page.locator('plaudit-reviews [part=review]').waitFor();
  expect(await page.getByRole('heading', { name: 'Stimmen' }).isVisible()).toBe(true);
  expect(await page.locator('[part=score]').innerText()).toMatch(/Aus 1 Bewertung$/);
  await page.getByRole('link', { name: '5,0 von 5 Sternen, 1 Bewertung' }).waitFor();
  await page.getByRole('button', { name: 'Bewertung schreiben' }).click();
  await page.getByRole('button', { name: 'Bewertung senden' }).waitFor();
  const scripts = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, '')),
  );
  expect(scripts.filter((name) => /^[a-z]{2}-/.test(name))).toEqual([
    expect.stringMatching(/^de-.{8}\.js$/),
  ]);
});

test.for<[string, string, string]>([
  ['nb', 'no', 'Skriv en anmeldelse'],
  ['nn-NO', 'no', 'Skriv en anmeldelse'],
  ['no', 'no', 'Skriv en anmeldelse'],
  ['pt-BR', 'pt-BR', 'Sua avaliação'],
  ['pt-PT', 'pt', 'A sua avaliação'],
  ['pt-AO', 'pt', 'A sua avaliação'],
  ['zh-TW', 'zh-Hant', '撰寫評價'],
  ['zh-HK', 'zh-Hant', '撰寫評價'],
  ['zh-Hant-MO', 'zh-Hant', '撰寫評價'],
  ['zh-CN', 'zh', '写评价'],
])('%s downloads %s alone', async ([locale, file, text]) => {
  shop.stock('42', 1);
  shop.edge.settings = { ...shop.edge.settings, locale };
  const { page } = await shop.visit({ body });
  await page.locator('plaudit-reviews [part=write]').first().click();
  await page.getByText(text).first().waitFor();
  const scripts = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\//, '')),
  );
  const translations = scripts.filter((name) => /^[a-z]{2}-/.test(name));
  expect(translations.map((name) => name.replace(/-.{8}\.js$/, ''))).toEqual([file]);
});

test('widgets speak English where the language cannot be had', async () => {
  shop.stock('42', 1);
  shop.edge.settings = { ...shop.edge.settings, locale: 'fr' };
  shop.edge.intercept = (request, response) => {
    if (!request.url?.includes('/assets/fr-')) return false;
    response.writeHead(404).end();
    return true;
  };
  const { page } = await shop.visit({ body });
  await page.getByRole('heading', { name: 'Customer reviews' }).waitFor();
  expect(await page.locator('[part=score]').innerText()).toMatch(/Based on 1 review$/);
});

test.for(['den', 'ca'])('a language that is not there costs no request: %s', async (locale) => {
  shop.stock('42', 1);
  shop.edge.settings = { ...shop.edge.settings, locale };
  const { page } = await shop.visit({ body });
  await page.getByRole('heading', { name: 'Customer reviews' }).waitFor();
  const assets = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\/assets\/(?!later-)/.test(name)),
  );
  expect(assets).toHaveLength(1);
});

test('on a page from right to left, stars fill from the right and nothing sticks out', async () => {
  shop.stock('42', 12);
  shop.edge.settings = { ...shop.edge.settings, locale: 'ar' };
  const { page } = await shop.visit(
    { body, html: 'lang="ar" dir="rtl"' },
    { viewport: { width: 390, height: 800 } },
  );
  await page.locator('plaudit-reviews [part=review]').first().waitFor();
  const stars = page.locator('plaudit-rating [part=stars]');
  await stars.waitFor();
  expect(await stars.evaluate((svg) => getComputedStyle(svg).transform)).toBe(
    'matrix(-1, 0, 0, 1, 0, 0)',
  );
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBe(0);
});
