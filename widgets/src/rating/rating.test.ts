import { describe, expect, test } from 'vitest';
import { findProblems } from '../../test/accessibility.ts';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const ratingRequests = (): string[] =>
  shop.edge.requests.filter((line) => line.includes('/ratings'));

describe('plaudit-rating', () => {
  test('shows stars, average and count, and says them in one sentence', async () => {
    shop.stock('42', 1024);
    const { page } = await shop.visit({ body: '<plaudit-rating product="42"></plaudit-rating>' });
    const rating = page.getByRole('img', { name: '3.7 out of 5 stars, 1,024 reviews' });
    await rating.waitFor();
    expect(await rating.textContent()).toBe('3.7(1,024)');
    const share = await rating.evaluate((box) => {
      const width = (selector: string): number =>
        box.querySelector(selector)?.getBoundingClientRect().width ?? 0;
      return (
        width('svg svg path') > 0 &&
        Number(box.querySelector('svg svg')?.getAttribute('width')) / 120
      );
    });
    expect(share).toBeCloseTo(3.7 / 5, 2);
  });

  test('counts a single review in the singular', async () => {
    shop.stock('1', 1);
    const { page } = await shop.visit({ body: '<plaudit-rating product="1"></plaudit-rating>' });
    const rating = page.locator('plaudit-rating [part=rating]');
    await rating.waitFor();
    expect(await rating.getAttribute('aria-label')).toBe('5.0 out of 5 stars, 1 review');
  });

  test('says what the shop wrote in its settings', async () => {
    shop.stock('42', 1024);
    const texts = {
      'rating.label': '{average} von 5 Sternen, {count} Bewertungen',
      decimalMark: ',',
      groupMark: '.',
    };
    shop.edge.settings = { ...shop.edge.settings, locale: 'de', texts };
    const { page } = await shop.visit({ body: '<plaudit-rating product="42"></plaudit-rating>' });
    const rating = page.locator('plaudit-rating [part=rating]');
    await rating.waitFor();
    expect(await rating.getAttribute('aria-label')).toBe('3,7 von 5 Sternen, 1.024 Bewertungen');
  });

  test('asks once for all the cards of a page, each product named once and in order', async () => {
    for (let id = 0; id < 48; id++) shop.stock(`p${id}`, id + 1);
    const ids = Array.from({ length: 48 }, (_, index) => `p${47 - index}`);
    const cards = [...ids, 'p3', 'unknown'].map(
      (id) => `<plaudit-rating product="${id}"></plaudit-rating>`,
    );
    const { page } = await shop.visit({ body: cards.join('\n') });
    await page.locator('plaudit-rating [part=count]').nth(48).waitFor();
    expect(ratingRequests()).toEqual([
      `GET /v1/shops/demo/ratings?ids=${[...ids, 'unknown'].toSorted().join(',')}`,
    ]);
    expect(await page.locator('plaudit-rating').last().innerText()).toBe('');
  });

  test('asks once more for all the cards that a script adds later', async () => {
    for (const id of ['a', 'b', 'c', 'd']) shop.stock(id, 3);
    const { page } = await shop.visit({ body: '<plaudit-rating product="a"></plaudit-rating>' });
    await page.locator('plaudit-rating [part=count]').waitFor();
    await page.evaluate(() => {
      for (const product of ['d', 'b', 'c']) {
        const card = document.createElement('plaudit-rating');
        card.setAttribute('product', product);
        document.body.append(card);
      }
    });
    await page.locator('plaudit-rating [part=count]').nth(3).waitFor();
    expect(ratingRequests().slice(1)).toEqual(['GET /v1/shops/demo/ratings?ids=b,c,d']);
  });

  test('leads to the reviews of the same product, by keyboard too', async () => {
    shop.stock('42', 30);
    const { page } = await shop.visit({
      // The other product's are not seen: what shrinks above the goal after the jump moves it.
      body: `<plaudit-rating product="42"></plaudit-rating><p style="height:2000px">Far</p>
        <plaudit-reviews product="41" style="display:none"></plaudit-reviews><plaudit-reviews product="42"></plaudit-reviews>`,
    });
    const link = page.getByRole('link', { name: / out of 5 stars, 30 reviews$/ });
    await link.waitFor();
    await link.focus();
    await page.keyboard.press('Enter');
    const reviews = page.locator('plaudit-reviews[product="42"]');
    await expect.poll(() => reviews.evaluate((host) => host === document.activeElement)).toBe(true);
    const top = await reviews.evaluate((host) => host.getBoundingClientRect().top);
    expect(Math.abs(top)).toBeLessThan(2);
  });

  test('inside a link is a part of that link, and axe has no finding', async () => {
    shop.stock('42', 30);
    const { page } = await shop.visit({
      body: `<h1>Shelf</h1><a href="#reviews">Jumper <plaudit-rating product="42"></plaudit-rating></a>
        <plaudit-reviews product="42" id="reviews"></plaudit-reviews>`,
    });
    const link = page.getByRole('link', { name: /^Jumper \d\.\d out of 5 stars, 30 reviews$/ });
    await link.waitFor();
    expect(await page.locator('plaudit-rating button').count()).toBe(0);
    await page.locator('[part=review]').first().waitFor();
    expect(await findProblems(page)).toEqual([]);
  });

  test('moves nothing when it arrives', async () => {
    shop.stock('42', 5);
    let answer = (): void => {};
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/ratings') || response.headersSent) return false;
      answer = () => response.end('{"ratings":{"42":{"average":4.5,"count":5}}}');
      return true;
    };
    const { page, layoutShift } = await shop.visit({
      head: `<script src="${shop.edge.scriptUrl}"></script>`,
      body: '<plaudit-rating product="42"></plaudit-rating><p>Below</p>',
    });
    await page.getByText('Below').waitFor();
    await expect.poll(ratingRequests).toHaveLength(1);
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))),
    );
    answer();
    await page.locator('plaudit-rating [part=count]').waitFor();
    expect(await layoutShift()).toBe(0);
  });
});
