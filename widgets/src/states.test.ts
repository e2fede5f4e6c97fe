/**
 * Every widget in every state, from both sides, light and dark: nothing for axe to find, nothing wider
 * than the page, not at 400 % zoom nor with text twice as large there. With `PICTURES_DIR` set, a picture of each is put there for a person to look at.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { findProblems } from '../test/accessibility.ts';
import { findWide } from '../test/find-wide.ts';
import { STATES } from '../test/states.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const PICTURES_DIR = process.env['PICTURES_DIR'];
if (PICTURES_DIR) mkdirSync(PICTURES_DIR, { recursive: true });

/** So tall that no widget has to wait to be scrolled to; one is as wide as a phone. */
const SIDES = [
  { locale: 'en', html: 'lang="en"', viewport: { width: 390, height: 6000 } },
  { locale: 'ar', html: 'lang="ar" dir="rtl"', viewport: { width: 1000, height: 4000 } },
] as const;
const LOOKS = ['light', 'dark'] as const;
/** A desktop's 1280 × 1024 at 400 % (WCAG 1.4.10), and its text as large as 1.4.4 asks for. */
const ZOOMED = { width: 320, height: 256 };
const TEXT_SIZES = [100, 200] as const;

/** Pop-overs close when the window changes, of which it tells with the next frame. */
const untilDrawn = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );

/** How much wider than the window the page is, in pixels. */
const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test.for(STATES.flatMap((state) => SIDES.map((side) => ({ state, side }))))(
  '$state.name, $side.locale (AC01)',
  async ({ state: { name, body, prepare, reach, repeat }, side: { locale, html, viewport } }) => {
    shop.edge.settings = { ...shop.edge.settings, locale };
    prepare(shop.edge);
    const { page } = await shop.visit({ body, html }, { viewport });
    await reach(page);
    for (const look of LOOKS) {
      await page.evaluate((chosen) => {
        document.documentElement.classList.toggle('dark', chosen === 'dark');
      }, look);
      await repeat?.(page);
      expect(await findProblems(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      if (PICTURES_DIR) {
        const file = `${name}-${locale}-${look}.png`.replaceAll(' ', '-');
        await page.screenshot({ path: join(PICTURES_DIR, file) });
      }
    }
    await page.setViewportSize(ZOOMED);
    for (const percent of TEXT_SIZES) {
      await page.evaluate((size) => {
        document.documentElement.style.fontSize = `${size}%`;
      }, percent);
      await untilDrawn(page);
      await repeat?.(page);
      expect(await overflowOf(page), `${percent} % text`).toBe(0);
      expect(await findWide(page), `${percent} % text`).toEqual([]);
    }
  },
);
