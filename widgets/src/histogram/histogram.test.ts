import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const POPOVER = 'plaudit-rating [part=histogram]';
const body = `<plaudit-rating product="42"></plaudit-rating><p>Text</p>
  <plaudit-reviews product="42"></plaudit-reviews>`;

async function open(content = body): Promise<Page> {
  shop.stock('42', 25);
  const { page } = await shop.visit({ body: content });
  await page.locator('plaudit-rating [part=count]').waitFor();
  return page;
}

const histogramRequests = async (page: Page): Promise<string[]> => {
  const scripts = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  );
  return scripts.filter((name) => name.includes('/assets/histogram-'));
};

describe('the pop-over of a rating', () => {
  test('is loaded and shown when the rating is pointed at, and closed when it no longer is', async () => {
    const page = await open();
    expect(await histogramRequests(page)).toEqual([]);
    await page.locator('plaudit-rating').hover();
    const popover = page.locator(POPOVER);
    await popover.waitFor();
    expect(await histogramRequests(page)).toHaveLength(1);
    expect(await popover.innerText()).toMatch(
      /^3\.7 out of 5 stars\s+Based on 25 reviews\.\s+5-star reviews: 7\.\s5\s7\s+4-star reviews: 7\./,
    );
    const share = await popover.evaluate((element) => {
      const track = element.querySelector('.track');
      if (!track) throw new Error('There is no bar.');
      return parseFloat(getComputedStyle(track, '::before').inlineSize) / track.clientWidth;
    });
    expect(share).toBeCloseTo(7 / 25, 1);
    await page.mouse.move(900, 700);
    await popover.waitFor({ state: 'hidden' });
  });

  test('stays while it is itself pointed at', async () => {
    const page = await open();
    await page.locator('plaudit-rating').hover();
    const popover = page.locator(POPOVER);
    await popover.waitFor();
    const box = await popover.boundingBox();
    if (!box) throw new Error('The pop-over has no place.');
    await page.mouse.move(box.x + 30, box.y + box.height - 20, { steps: 30 });
    expect(await popover.isVisible()).toBe(true);
  });

  test('shows on keyboard focus, describes the link, and closes on Escape', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    const popover = page.locator(POPOVER);
    await popover.waitFor();
    const link = page.locator('plaudit-rating [part=rating]');
    const explained = await link.getAttribute('aria-describedby');
    expect(await page.getByRole('tooltip').getAttribute('id')).toBe(explained);
    expect(await link.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.keyboard.press('Escape');
    await popover.waitFor({ state: 'hidden' });
    expect(await link.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await popover.waitFor();
  });

  test('goes with its rating when the focus scrolls to it, and when the window changes', async () => {
    const page = await open(`<p style="height: 3000px">Text</p>${body}`);
    const link = page.locator('plaudit-rating [part=rating]');
    const popover = page.locator(POPOVER);
    const gap = async () => {
      const [above, below] = [await link.boundingBox(), await popover.boundingBox()];
      if (!above || !below) throw new Error('One of them is not shown.');
      return Math.min(
        Math.abs(below.y - above.y - above.height),
        Math.abs(above.y - below.y - below.height),
      );
    };
    // The first time it is yet to be loaded, the second time it is there at once.
    for (const key of ['Tab', 'Shift+Tab']) {
      await page.evaluate(() => scrollTo(0, 0));
      await page.keyboard.press(key);
      await popover.waitFor();
      // The event of the scroll comes with a later frame than the focus.
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      );
      expect(await gap()).toBeLessThan(1);
      const before = await page.evaluate(() => scrollY);
      await page.mouse.wheel(0, -60);
      await expect.poll(() => page.evaluate(() => scrollY)).toBeLessThan(before);
      // Likewise: it follows with the frame after the scroll.
      await expect.poll(gap).toBeLessThan(1);
      if (key === 'Tab') await page.keyboard.press(key);
    }
    await page.setViewportSize({ width: 320, height: 400 });
    await expect.poll(gap).toBeLessThan(1);
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(async () => ((await popover.boundingBox())?.y ?? 0) > 400).toBe(true);
    await page.keyboard.press('Escape');
    await popover.waitFor({ state: 'hidden' });
  });

  test('leaves a click to lead to the reviews', async () => {
    const page = await open();
    await page.locator('plaudit-rating').hover();
    await page.locator(POPOVER).waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await page.locator(POPOVER).waitFor({ state: 'hidden' });
    const reviews = page.locator('plaudit-reviews');
    await expect.poll(() => reviews.evaluate((host) => host === document.activeElement)).toBe(true);
  });

  test.each(['mouse', 'keyboard'])(
    'a jump by %s arrives, though what is above shrinks meanwhile, and then lets go',
    async (way) => {
      shop.stock('42', 25);
      // As in browsers that do not anchor what they show.
      const { page } = await shop.visit({
        body: `<style>body, body * { overflow-anchor: none }</style>
          <plaudit-rating product="42"></plaudit-rating><p style="height: 1000px">Text</p>
          <div id="above" style="height: 900px">What is yet to come.</div>
          <plaudit-reviews product="42"></plaudit-reviews><p style="height: 2000px">End</p>`,
      });
      await page.locator('plaudit-rating [part=count]').waitFor();
      const above = page.locator('#above');
      const rating = page.locator('plaudit-rating');
      if (way === 'mouse') await rating.hover();
      else await page.keyboard.press('Tab');
      await page.locator(POPOVER).waitFor();
      if (way === 'mouse') await rating.click();
      else await page.keyboard.press('Enter');
      const reviews = page.locator('plaudit-reviews');
      await reviews.locator('[part=review]').first().waitFor();
      await above.evaluate((host) => (host.style.height = '100px'));
      const top = () => reviews.evaluate((host) => host.getBoundingClientRect().top);
      await expect.poll(top).toBeCloseTo(0, 0);

      await page.mouse.wheel(0, 50);
      await expect.poll(top).toBeLessThan(-20);
      const moved = await top();
      await above.evaluate(
        (host) =>
          new Promise((resolve) => {
            new ResizeObserver(() => host.clientHeight === 200 && resolve(true)).observe(host);
            host.style.height = '200px';
          }),
      );
      expect(await top()).toBeCloseTo(moved + 100, 0);
    },
  );

  test('stays within the window, from right to left and from the bottom too', async () => {
    const corner = body.replace(
      '<plaudit-rating',
      '<plaudit-rating style="position:fixed; inset-inline-end: 0; bottom: 0"',
    );
    shop.stock('42', 25);
    for (const dir of ['ltr', 'rtl']) {
      const { page } = await shop.visit({ body: corner, html: `lang="en" dir="${dir}"` });
      await page.locator('plaudit-rating [part=count]').waitFor();
      await page.locator('plaudit-rating').hover();
      await page.locator(POPOVER).waitFor();
      const box = await page.locator(POPOVER).boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(8);
      expect(box?.y).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(992);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
    }
  });

  test('is not there for a finger, whose tap leads to the reviews', async () => {
    shop.stock('42', 25);
    const { page } = await shop.visit({ body }, { hasTouch: true, isMobile: true });
    await page.locator('plaudit-rating [part=count]').waitFor();
    await page.locator('plaudit-rating').tap();
    const reviews = page.locator('plaudit-reviews');
    await expect.poll(() => reviews.evaluate((host) => host === document.activeElement)).toBe(true);
    await expect.poll(async () => (await histogramRequests(page)).length).toBe(1);
    expect(await page.locator(POPOVER).count()).toBe(0);
  });

  test('is not there for a card whose product has no reviews on the page', async () => {
    const page = await open('<plaudit-rating product="42"></plaudit-rating>');
    await page.locator('plaudit-rating').hover();
    await page.evaluate(() => fetch('/').then((answer) => answer.text()));
    expect(await histogramRequests(page)).toEqual([]);
  });

  test('is not there when its answer does not come, and is tried again', async () => {
    const page = await open();
    await page.locator('plaudit-reviews [part=review]').first().waitFor();
    await page.route('**/products/42/reviews', (route) => route.abort());
    const failed = page.waitForEvent('requestfailed');
    await page.locator('plaudit-rating').hover();
    await failed;
    await page.mouse.move(900, 700);
    expect(await page.locator(POPOVER).count()).toBe(0);
    await page.unroute('**/products/42/reviews');
    await expect
      .poll(async () => {
        await page.mouse.move(900, 700);
        await page.locator('plaudit-rating').hover();
        return page.locator(POPOVER).isVisible();
      })
      .toBe(true);
  });

  test('speaks the language of the shop', async () => {
    shop.edge.settings = { ...shop.edge.settings, locale: 'de' };
    const page = await open();
    await page.locator('plaudit-rating').hover();
    await page.locator(POPOVER).waitFor();
    expect(await page.locator(POPOVER).innerText()).toMatch(/Bewertungen mit 5 Sternen: 7/);
  });
});
