import { expect, test } from 'vitest';
import type { Page } from 'playwright';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const body = `<plaudit-rating product="42"></plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>`;

/** Everything that a visitor does on an ordinary page, done on this one; returns what was posted. */
async function use(page: Page): Promise<Record<string, unknown>> {
  await page.locator('plaudit-reviews [part=review]').nth(9).waitFor();
  await page.locator('plaudit-rating [part=count]').waitFor();
  await page.getByRole('button', { name: 'Show more reviews' }).click();
  await page.locator('plaudit-reviews [part=review]').nth(11).waitFor();
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('radio', { name: '5 stars' }).check();
  await page.getByLabel('Name').fill('Kim');
  await page.getByLabel('E-mail').fill('kim@example.com');
  await page.getByRole('button', { name: 'Send review' }).click();
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
  return JSON.parse(shop.edge.posts.at(-1) ?? '') as Record<string, unknown>;
}

const POSTED = {
  rating: 5,
  author: 'Kim',
  email: 'kim@example.com',
  locale: 'en',
  idempotencyKey: expect.any(String),
};

/** A page whose own script runs before ours. */
const open = async (
  script: () => void,
  document: { head?: string; html?: string } = {},
): Promise<Page> => {
  shop.stock('42', 12);
  const { page } = await shop.visit({ body, ...document, head: document.head ?? '' });
  await page.evaluate(script);
  await page.addScriptTag({ url: shop.edge.scriptUrl });
  return page;
};

test('prototypes that the page has extended do no harm', async () => {
  const page = await open(() => {
    Object.assign(Array.prototype, { each: () => {}, contains: () => false });
    Object.assign(Object.prototype, { extra: 'extra', extend: () => {} });
    Object.assign(String.prototype, { strip: () => '' });
  });
  expect(await use(page)).toEqual(POSTED);
});

test('the page keeps its prototypes and globals as they were', async () => {
  const page = await open(() => {
    const names = (target: object): string => Reflect.ownKeys(target).map(String).join();
    const state = (): string =>
      [Object, Array, String, Promise, Element, HTMLElement, Event, CSSStyleSheet, Math, JSON]
        .map((built) => names(built) + ('prototype' in built ? names(built.prototype) : ''))
        .join();
    Object.assign(window, {
      isUntouched: (
        (before) => () =>
          state() === before
      )(state()),
    });
  });
  await use(page);
  expect(await page.evaluate('isUntouched()')).toBe(true);
});

test("the page's style sheet does not reach inside", async () => {
  const page = await open(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { all: unset !important } button, label, section, article { display: none !important } input { width: 0 !important }',
    );
    document.adoptedStyleSheets.push(sheet);
  });
  expect(await use(page)).toEqual(POSTED);
});

test('a base address elsewhere leads nothing astray', async () => {
  const head = '<base href="https://elsewhere.invalid/deep/">';
  expect(await use(await open(() => {}, { head }))).toEqual(POSTED);
  expect(shop.edge.requests.every((line) => line.includes('/v1/shops/demo/'))).toBe(true);
});

test('a page that takes the network away keeps its fallback', async () => {
  shop.stock('42', 12);
  const { page } = await shop.visit({
    head: '',
    body: '<plaudit-reviews product="42"><p>Fallback</p></plaudit-reviews>',
  });
  await page.evaluate(() => {
    window.fetch = () => {
      throw new Error('no network for anyone');
    };
  });
  await page.addScriptTag({ url: shop.edge.scriptUrl });
  await page.evaluate(() => customElements.whenDefined('plaudit-reviews'));
  await page.waitForLoadState('networkidle');
  expect(await page.getByText('Fallback').isVisible()).toBe(true);
});

test('elements work inside the shadow of other elements', async () => {
  const page = await open(() => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    root.append(...document.querySelectorAll('plaudit-rating, plaudit-reviews'));
    document.body.append(host);
  });
  expect(await use(page)).toEqual(POSTED);
});

test('elements survive a framework that swaps the whole body', async () => {
  const page = await open(() => {});
  await page.locator('plaudit-reviews [part=review]').first().waitFor();
  await page.evaluate(() => {
    const next = document.createElement('body');
    for (const name of ['plaudit-rating', 'plaudit-reviews']) {
      const element = document.createElement(name);
      element.setAttribute('product', '42');
      next.append(element);
    }
    document.body.replaceWith(next);
  });
  expect(await use(page)).toEqual(POSTED);
});

test('an id that needs escaping finds its product', async () => {
  const id = 'gid://shop/Product/7?&#"\'<ü>';
  shop.stock(id, 2);
  const { page } = await shop.visit({ body: '' });
  await page.evaluate((product) => {
    for (const name of ['plaudit-rating', 'plaudit-reviews']) {
      const element = document.createElement(name);
      element.setAttribute('product', product);
      document.body.append(element);
    }
  }, id);
  await page.locator('plaudit-reviews [part=review]').nth(1).waitFor();
  const rating = page.getByRole('link', { name: / 2 reviews$/ });
  await rating.waitFor();
  expect(await rating.count()).toBe(1);
});
