import { describe, expect, test } from 'vitest';
import { findProblems } from '../../test/accessibility.ts';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const body = '<h1>Your jumper</h1><plaudit-review-form product="42"></plaudit-review-form>';

describe('the form by itself', () => {
  test('asks nothing of the network, and sends what is written', async () => {
    const { page } = await shop.visit({ body });
    await page.getByRole('heading', { name: 'Write a review', level: 2 }).waitFor();
    expect(shop.edge.requests).toEqual([]);
    const told = page.evaluate(
      () =>
        new Promise<unknown>((resolve) => {
          document.addEventListener('plaudit:submit', ({ detail }: CustomEventInit<unknown>) =>
            resolve(detail),
          );
        }),
    );
    await page.getByRole('radio', { name: '5 stars' }).check();
    await page.getByLabel('Your review').fill('Worn daily.');
    await page.getByLabel('Name').fill('Ines');
    await page.getByLabel('E-mail').fill('ines@example.com');
    await page.getByRole('button', { name: 'Send review' }).click();
    const thanks = page.getByRole('heading', { name: 'Thank you!' });
    await thanks.waitFor();
    expect(await thanks.evaluate((heading) => heading.matches(':focus'))).toBe(true);
    expect(await told).toEqual({ product: '42', id: 'posted-1', isPublished: true });
    expect(JSON.parse(shop.edge.posts[0] ?? '')).toMatchObject({ rating: 5, body: 'Worn daily.' });
    const withdraw = page.getByRole('button');
    expect(await withdraw.allTextContents()).toEqual(['Withdraw review']);
    await withdraw.click();
    await withdraw.click();
    await page.getByRole('heading', { name: 'Your review is withdrawn.' }).waitFor();
    expect(await withdraw.count()).toBe(0);
  });

  test('takes photos, and neither closes nor takes the focus from the page', async () => {
    const { page } = await shop.visit({ body });
    await page.getByLabel('Add photos').waitFor();
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    expect(await findProblems(page)).toEqual([]);
  });

  test('begins with the stars that the link says', async () => {
    const { page } = await shop.visit({
      body: '<plaudit-review-form product="42" rating="4"></plaudit-review-form>',
    });
    const chosen = page.getByRole('radio', { checked: true });
    await chosen.waitFor();
    expect(await chosen.getAttribute('value')).toBe('4');
  });

  test('begins anew for another product', async () => {
    const { page } = await shop.visit({ body });
    await page.getByLabel('Name').fill('Ines');
    await page.locator('plaudit-review-form').evaluate((form) => form.setAttribute('product', '7'));
    await expect.poll(() => page.getByLabel('Name').inputValue()).toBe('');
  });

  test('needs a product: without one, the page keeps what it had', async () => {
    const { page } = await shop.visit({
      body: '<plaudit-review-form><p>Write to us.</p></plaudit-review-form>',
    });
    await page.waitForLoadState('networkidle');
    expect(await page.getByText('Write to us.').isVisible()).toBe(true);
  });

  test('fits the strictest policy, dark pages and phones', async () => {
    const { edge } = shop;
    edge.settings = { ...edge.settings, look: { scheme: 'dark' } };
    const csp = `default-src 'none'; script-src ${edge.url}; connect-src ${edge.url}; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;
    const html = 'lang="en" class="dark"';
    const { page } = await shop.visit(
      { body, csp, html },
      { viewport: { width: 320, height: 640 } },
    );
    await page.getByLabel('Add photos').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});
