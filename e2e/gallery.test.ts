/** The gallery of the demo store: every widget in every state, and nothing for axe to find. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WORLDS } from '../examples/demo-store/src/gallery/worlds.ts';
import { findAccessibilityProblems, launchBrowser, visit } from './test/browser.ts';
import { startLine, type Line } from './test/line.ts';

/** What each world's reviews look like once they are there. */
const SETTLED: Record<string, string> = {
  empty: '[part=empty]',
  loading: '.skeleton',
  failed: '[part=error]',
};

let line: Line;
let browser: Browser;
beforeAll(async () => {
  [line, browser] = await Promise.all([startLine(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await line?.stop();
});

const open = (path: string) => visit(browser, line.store.url + path, line.edge.url);

test('shows each of its pages in a frame', async () => {
  const { page, errors, close } = await open('/gallery');
  const frames = await page
    .locator('iframe')
    .evaluateAll((found) => found.map((frame) => frame.getAttribute('src')));
  expect(frames).toEqual(Object.keys(WORLDS).map((name) => `/gallery/${name}`));
  await page.frameLocator('iframe').first().locator('[part=review]').first().waitFor();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  expect(errors).toEqual([]);
  await close();
});

describe('the gallery’s page', () => {
  test.each(Object.entries(WORLDS))(
    '%s shows its state, with markup to copy',
    async (name, world) => {
      const { page, errors, close } = await open(`/gallery/${name}`);
      const settled = page
        .locator('plaudit-reviews')
        .first()
        .locator(SETTLED[name] ?? '[part=review]');
      await settled.first().waitFor();
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      expect(await page.locator('code').allTextContents()).toEqual(world.markup);
      expect(await findAccessibilityProblems(page)).toEqual([]);
      expect(errors).toEqual([]);
      await close();
    },
  );
});
