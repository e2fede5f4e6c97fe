import { describe, expect, test } from 'vitest';
import { ROOM } from '../test/room.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const REVIEW = 'plaudit-reviews [part=review]';
const COUNT = 'plaudit-rating [part=count]';

const tag = (product: string): string =>
  `<script async src="${shop.edge.scriptUrl}?product=${product}"></script>`;

describe('a script that carries a product', () => {
  test('shows its rating and reviews where all else cannot be had, and nothing moves', async () => {
    shop.stock('42', 12);
    const asked: string[] = [];
    shop.edge.intercept = ({ url = '' }, response) => {
      asked.push(url);
      if (url.includes('plaudit.js')) return false;
      response.writeHead(503).end();
      return true;
    };
    const { page, layoutShift } = await shop.visit({
      head: ROOM + tag('42'),
      body: `<plaudit-rating product="42"></plaudit-rating><p>Warm.</p>
        <plaudit-reviews product="42"></plaudit-reviews>`,
    });
    await page.locator(REVIEW).nth(9).waitFor();
    await page.locator(COUNT).waitFor();
    expect(await page.locator(REVIEW).count()).toBe(10);
    expect(await layoutShift()).toBe(0);
    // Votes come once all else is there.
    expect(asked.filter((url) => !url.includes('-later-'))).toEqual([
      '/demo/plaudit.js?product=42',
    ]);
  });

  test('has its later parts made of what it has itself, under the strictest policy (WJ05)', async () => {
    shop.stock('42', 12);
    const { url } = shop.edge;
    const [first] = shop.edge.products.get('42') ?? [];
    if (first) first.media = [{ kind: 'photo', url: `${url}/1.jpg` }];
    const { page } = await shop.visit({
      head: tag('42'),
      csp: `default-src 'none'; script-src ${url}; connect-src ${url}; style-src 'self'; img-src *; require-trusted-types-for 'script'; trusted-types 'none'`,
      body: '<plaudit-rating product="42"></plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>',
    });
    const up = page.getByRole('button', { name: /^Helpful: / }).first();
    await up.click();
    await expect.poll(() => up.getAttribute('aria-pressed')).toBe('true');
    await page.locator(`${REVIEW} [part=media] a`).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Write a review' }).click();
    await page.getByRole('radio', { name: '5 stars' }).check();
    await page.getByText('Add photos').waitFor();
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('searchbox').fill('a');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('button', { name: 'Remove filter' }).first().waitFor();
    const parts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => /\/assets\/(.*)-[\w-]{8}\.js$/.exec(name)?.[1] ?? ''),
    );
    // The reviews' own chunk, and a second Preact with it, is none of them.
    expect([...new Set(parts)].toSorted()).toEqual([
      '',
      'carried-filters',
      'carried-form',
      'carried-later',
      'carried-lightbox',
      'carried-open-patient-shop',
      'carried-read-patiently',
      'carried-review',
      'carried-send-vote',
      'carried-uploads',
    ]);
  });

  test('adds one frozen global and no other (WJ02)', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({ body: '', head: '' });
    const before = await page.evaluate(() => Object.getOwnPropertyNames(window));
    await page.addScriptTag({ url: `${shop.edge.scriptUrl}?product=42` });
    const after = await page.evaluate(() => Object.getOwnPropertyNames(window));
    expect(after.filter((name) => !before.includes(name))).toEqual(['plaudit']);
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
