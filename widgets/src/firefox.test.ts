/** The widgets in a second browser: every state of every one, and what browsers do each in their own way. */

import { renderReviewsElement } from '@plaudit/sdk/server';
import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { findProblems } from '../test/accessibility.ts';
import { FIREFOX, launchFirefox } from '../test/firefox.ts';
import { answer } from '../test/reviews.ts';
import { ROOM } from '../test/room.ts';
import { STATES } from '../test/states.ts';
import { useStorefront } from '../test/storefront.ts';

if (!FIREFOX) console.warn('SKIPPED: there is no Firefox on this machine.');

const REVIEW = 'plaudit-reviews [part=review]';
const body = `<h1>Jumper</h1><plaudit-rating product="42"></plaudit-rating>
  <p id="between">Warm.</p><plaudit-reviews product="42"></plaudit-reviews>`;

/** No field of a form is further from its stars. */
const TABS_MAX = 12;

/** Where something stands on the page, in pixels from its top. */
const topOf = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .evaluate((element) => element.getBoundingClientRect().top + globalThis.scrollY);

const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.locator(selector).evaluate((element) => element.matches(':focus'));

describe.skipIf(!FIREFOX)('in Firefox', () => {
  const shop = useStorefront(launchFirefox);

  /** Every second as wide as a phone, the others from right to left. */
  const SIDES = [
    { locale: 'en', html: 'lang="en"', viewport: { width: 390, height: 6000 } },
    { locale: 'ar', html: 'lang="ar" dir="rtl"', viewport: { width: 1000, height: 4000 } },
  ] as const;

  test.for(
    STATES.flatMap((state, index) => {
      const side = SIDES[index % SIDES.length];
      return side ? [{ state, side }] : [];
    }),
  )(
    '$state.name, $side.locale: axe finds nothing, nothing is wider than the page',
    async ({ state: { body: widgets, prepare, reach, repeat }, side }) => {
      const { locale, html, viewport } = side;
      shop.edge.settings = { ...shop.edge.settings, locale };
      prepare(shop.edge);
      const { page } = await shop.visit({ body: widgets, html }, { viewport });
      await reach(page);
      await repeat?.(page);
      expect(await findProblems(page)).toEqual([]);
      // Its scroll bar takes room of the page's own.
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overflow).toBe(0);
    },
  );

  test('a review is written with the keyboard alone, under the strictest policy', async () => {
    shop.stock('42', 3);
    const { url } = shop.edge;
    // The page's own picture: Firefox asks for its icon.
    const csp = `default-src 'none'; script-src ${url}; connect-src ${url}; style-src 'self'; img-src 'self' ${url}; require-trusted-types-for 'script'; trusted-types 'none'`;
    const { page } = await shop.visit({ body, csp });
    await page.locator('[part=write]').focus();
    await page.keyboard.press('Enter');
    await page.locator('[part=form] #photo-hint').waitFor();
    await expect.poll(() => page.locator('[part=form] :focus').count()).toBe(1);
    await page.locator('[part=form] input[type=radio]').first().focus();
    for (let star = 1; star < 4; star++) await page.keyboard.press('ArrowRight');
    for (const [field, text] of [
      ['[name=author]', 'Jo'],
      ['[type=email]', 'jo@example.com'],
    ] as const) {
      const input = `[part=form] input${field}`;
      for (let tabs = 0; tabs < TABS_MAX && !(await hasFocus(page, input)); tabs++) {
        await page.keyboard.press('Tab');
      }
      expect(await hasFocus(page, input)).toBe(true);
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    const thanks = page.getByRole('heading', { name: 'Thank you!' });
    await thanks.waitFor();
    expect(JSON.parse(shop.edge.posts[0] ?? '')).toMatchObject({
      rating: 4,
      author: 'Jo',
      email: 'jo@example.com',
    });
  });

  test('a photo is opened, left and closed with the keyboard, which gives the focus back', async () => {
    STATES.find(({ name }) => name === 'photo large')?.prepare(shop.edge);
    const { page } = await shop.visit({ body });
    const link = '[part=media] a >> nth=0';
    await page.locator(link).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^1 of \d/).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^2 of \d/).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await hasFocus(page, link)).toBe(true);
  });

  test('nothing above the fold moves when the script comes', async () => {
    shop.stock('42', 12);
    const { page } = await shop.visit({ head: ROOM, body });
    const before = await topOf(page, '#between');
    const reviewsBefore = await topOf(page, 'plaudit-reviews');
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    await page.locator(REVIEW).nth(9).waitFor();
    await page.locator('plaudit-rating [part=count]').waitFor();
    expect(await topOf(page, '#between')).toBe(before);
    expect(await topOf(page, 'plaudit-reviews')).toBe(reviewsBefore);
  });

  test('what a server has rendered is taken over without a request or a jump', async () => {
    shop.stock('42', 25);
    const { products, settings } = shop.edge;
    const first = answer(products.get('42') ?? [], { limit: settings.layout.pageSize });
    const element = renderReviewsElement(first, { product: '42', settings });
    const head = `<script>addEventListener('plaudit:ready', () => (window.isReady = true))</script>`;
    const { page } = await shop.visit({ head, body: `${element}<p id="after">After.</p>` });
    expect(await page.locator('plaudit-reviews article').count()).toBe(10);
    const before = await topOf(page, '#after');
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    await page.waitForFunction('window.isReady');
    expect(await page.locator('plaudit-reviews').locator('style, script, slot').count()).toBe(0);
    expect(await topOf(page, '#after')).toBe(before);
    expect(shop.edge.requests).toEqual([]);
    await page.getByRole('button', { name: 'Show more reviews' }).click();
    await page.locator('plaudit-reviews article').nth(19).waitFor();
  });
});
