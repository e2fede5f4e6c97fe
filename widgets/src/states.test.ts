/**
 * Every widget in every state, from both sides, light and dark: nothing for axe to find, nothing wider
 * than the page. With `PICTURES_DIR` set, a picture of each is put there for a person to look at.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProblems } from '../test/accessibility.ts';
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

test.for(STATES.flatMap((state) => SIDES.map((side) => ({ state, side }))))(
  '$state.name, $side.locale',
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
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBe(0);
      if (PICTURES_DIR) {
        const file = `${name}-${locale}-${look}.png`.replaceAll(' ', '-');
        await page.screenshot({ path: join(PICTURES_DIR, file) });
      }
    }
  },
);
