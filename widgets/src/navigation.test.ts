/** Pages that are swapped, restored or left, as shops' themes do it. */
import { describe, expect, test } from 'vitest';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const REVIEW = 'plaudit-reviews [part=review]';
const COUNT = 'plaudit-rating [part=count]';

const product = (id: string): string =>
  `<plaudit-rating product="${id}"></plaudit-rating><plaudit-reviews product="${id}"></plaudit-reviews>`;

describe('a page that is swapped', () => {
  test('body and script tag at once, as Turbo does, shows the new product (WJ03)', async () => {
    shop.stock('42', 3);
    shop.stock('7', 2);
    const { page } = await shop.visit({ body: product('42') });
    await page.locator(REVIEW).first().waitFor();
    await page.evaluate(
      ({ markup, src }) => {
        const next = new DOMParser().parseFromString(`<body>${markup}</body>`, 'text/html');
        document.body.replaceWith(document.adoptNode(next.body));
        // Scripts of the new page are made anew, which runs them again.
        document.body.append(Object.assign(document.createElement('script'), { src }));
      },
      { markup: product('7'), src: shop.edge.scriptUrl },
    );
    await expect.poll(() => page.locator(REVIEW).count()).toBe(2);
    await page.locator(COUNT).waitFor();
    expect(shop.edge.requests).toHaveLength(4);
  });

  test('and restored from a copy, as Turbo does on the way back, shows the old one', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({ body: product('42') });
    await page.locator(REVIEW).first().waitFor();
    await page.evaluate(() => {
      const copy = document.body.cloneNode(true);
      document.body.replaceWith(document.createElement('body'));
      document.body.replaceWith(copy);
    });
    await expect.poll(() => page.locator(REVIEW).count()).toBe(3);
    await page.locator(COUNT).waitFor();
  });

  test('in part, as htmx does, shows what was put in and forgets what was taken out', async () => {
    shop.stock('42', 3);
    shop.stock('7', 2);
    const { page } = await shop.visit({ body: `<div id="swap">${product('42')}</div>` });
    await page.locator(REVIEW).first().waitFor();
    await page.evaluate((markup) => {
      const target = document.querySelector('#swap');
      if (target) target.innerHTML = markup;
    }, product('7'));
    await expect.poll(() => page.locator(REVIEW).count()).toBe(2);
    await page.locator(COUNT).waitFor();
  });

  test('keeps an element that is put over into the new page', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({ body: product('42') });
    await page.locator(REVIEW).first().waitFor();
    await page.locator(COUNT).waitFor();
    await page.evaluate(() => {
      const body = document.createElement('body');
      body.append(...document.body.childNodes);
      document.body.replaceWith(body);
    });
    expect(await page.locator(REVIEW).count()).toBe(3);
    expect(shop.edge.requests).toHaveLength(2);
  });
});

describe('a page that is left', () => {
  test('and come back to shows its reviews, without an error on either', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({ body: product('42') });
    await page.locator(REVIEW).first().waitFor();
    await page.goto('about:blank');
    await page.goBack();
    await page.locator(REVIEW).first().waitFor();
    await page.locator(COUNT).waitFor();
    expect(await page.locator(REVIEW).count()).toBe(3);
  });

  test('while its reviews are on their way says nothing of it', async () => {
    const held: (() => void)[] = [];
    shop.edge.intercept = (request, response) => {
      if (!request.url?.startsWith('/v1/')) return false;
      held.push(() => response.end());
      return true;
    };
    const { page } = await shop.visit({ body: product('42') });
    await expect.poll(() => held.length).toBe(2);
    await page.goto('about:blank');
    for (const release of held) release();
  });
});
