/** What is true of every widget that is built without a framework. */

import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { findProblems } from '../test/accessibility.ts';
import { HOSTILE_TEXTS, hostileReview } from '../test/hostile-reviews.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();

/** Each widget, and what shows that it is there. */
const WIDGETS = {
  badge: '[part=badge]',
  carousel: '[part=card]',
  gallery: '[part=photo]',
  questions: '[part=question]',
  summary: '[part=summary]',
  tab: '[part=tab]',
};
const names = Object.keys(WIDGETS);
/** Questions are always about a product. */
const tag = (name: string, content = ''): string =>
  `<plaudit-${name}${name === 'questions' ? ' product="a"' : ''}>${content}</plaudit-${name}>`;
const body = `<h1>Shop</h1>${names.map((name) => tag(name)).join('')}`;

/** Reviews of a shop, some with a photo. */
function stock(): void {
  shop.stock('a', 12);
  shop.ask('a', 3);
  for (const [index, review] of (shop.edge.products.get('a') ?? []).entries()) {
    const url = `${shop.edge.url}/none-${index}.jpg`;
    if (index < 4) review.media = [{ kind: 'photo', url }];
  }
}

async function open(html = 'lang="en"', csp?: string): Promise<Page> {
  const { page } = await shop.visit({ body, html, ...(csp && { csp }) });
  await areShown(page);
  return page;
}

async function areShown(page: Page): Promise<void> {
  for (const [name, part] of Object.entries(WIDGETS)) {
    await page.locator(`plaudit-${name}`).scrollIntoViewIfNeeded();
    await page.locator(`plaudit-${name} ${part}`).first().waitFor();
  }
}

const LOOKS = [
  { look: 'light', scheme: 'auto', html: 'lang="en"' },
  { look: 'dark', scheme: 'dark', html: 'lang="en" class="dark"' },
  { look: 'dark page by itself', scheme: 'auto', html: 'lang="en" class="dark"' },
  { look: 'right to left', scheme: 'auto', html: 'lang="ar" dir="rtl"', locale: 'ar' },
] as const;

describe.for(LOOKS)('$look', ({ scheme, html, ...language }) => {
  test('axe has no finding, and nothing sticks out', async () => {
    stock();
    shop.edge.settings = { ...shop.edge.settings, ...language, look: { scheme } };
    const page = await open(html);
    expect(await findProblems(page)).toEqual([]);
    await page.locator('plaudit-questions [part=ask]').click();
    await page.locator('plaudit-questions [part=form] button').first().click();
    await page.locator('plaudit-questions [aria-invalid=true]').first().waitFor();
    expect(await findProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await findProblems(page)).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
  });
});

test('every control is at least 24 pixels in both directions (AC03)', async () => {
  stock();
  const page = await open();
  const controls = page.locator('button:visible, a:visible');
  expect(await controls.count()).toBeGreaterThan(1);
  const small = await controls.evaluateAll((elements) =>
    elements
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ control }) => control.outerHTML),
  );
  expect(small).toEqual([]);
});

test('texts of strangers run nothing and widen nothing', async () => {
  const reviews = HOSTILE_TEXTS.map(hostileReview);
  for (const review of reviews) review.media?.push({ kind: 'photo', url: shop.edge.url });
  shop.edge.products.set('a', reviews);
  shop.ask('a', 1);
  const page = await open();
  const links = await page
    .locator('a')
    .evaluateAll((elements) => elements.map((link) => link.getAttribute('href')));
  expect(links.filter((href) => !/^https?:/.test(href ?? ''))).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBe(0);
});

test('the strictest page has them too', async () => {
  stock();
  const edge = shop.edge.url;
  await open(
    'lang="en"',
    `default-src 'none'; script-src ${edge}; connect-src ${edge}; style-src 'self'; img-src *; require-trusted-types-for 'script'; trusted-types 'none'`,
  );
  expect(names.length).toBeGreaterThan(1);
});

test('an element that is removed leaves nothing behind', async () => {
  stock();
  const page = await open();
  for (const name of names) {
    const left = await page.locator(`plaudit-${name}`).evaluate(async (host) => {
      host.remove();
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      return host.shadowRoot?.innerHTML;
    });
    expect(left).toBe('<slot></slot>');
  }
});

test('a page with hostile prototypes and styles has them too', async () => {
  stock();
  const { page } = await shop.visit({ head: '', body });
  await page.evaluate(() => {
    Object.assign(Array.prototype, { each: () => {}, contains: () => false });
    Object.assign(Object.prototype, { extra: 'extra', extend: () => {} });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { all: unset !important } button, dialog, section, ul, li { display: none !important }',
    );
    document.adoptedStyleSheets.push(sheet);
  });
  await page.addScriptTag({ url: shop.edge.scriptUrl });
  await areShown(page);
  await page.locator('plaudit-tab [part=tab]').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: 'Customer reviews' }).waitFor();
  expect(await dialog.getByRole('article').count()).toBe(10);
});

test('what cannot be read leaves its fallback, and nothing uncaught', async () => {
  shop.edge.intercept = (request) => {
    if (!request.url?.startsWith('/v1/')) return false;
    request.socket.destroy();
    return true;
  };
  const readers = names.filter((name) => name !== 'tab');
  const { page } = await shop.visit({
    body: readers.map((name) => tag(name, `<p>${name} later</p>`)).join(''),
  });
  // Questions are asked for again.
  await expect.poll(() => shop.edge.requests.length).toBeGreaterThanOrEqual(readers.length);
  await page.waitForLoadState('networkidle');
  for (const name of readers) {
    expect(await page.getByText(`${name} later`).isVisible()).toBe(true);
  }
});
