import { describe, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const body = '<plaudit-carousel></plaudit-carousel><p>Below</p>';

async function open(html = 'lang="en"'): Promise<{ page: Page; track: Locator }> {
  shop.stock('a', 6);
  shop.stock('b', 6);
  const { page } = await shop.visit({ body, html }, { reducedMotion: 'reduce' });
  const track = page.locator('plaudit-carousel [part=track]');
  await track.waitFor();
  return { page, track };
}

/** Which card stands at the start of the track, counted from 0. */
const shownCard = (track: Locator): Promise<number> =>
  track.evaluate((list) => {
    const side = list.matches(':dir(rtl)') ? 'right' : 'left';
    const start = list.getBoundingClientRect()[side];
    const distances = [...list.children].map((card) =>
      Math.abs(card.getBoundingClientRect()[side] - start),
    );
    return distances.indexOf(Math.min(...distances));
  });

describe('plaudit-carousel', () => {
  test("shows the shop's reviews, asked for once", async () => {
    const { page } = await open();
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/reviews']);
    const cards = page.locator('plaudit-carousel [part=card]');
    expect(await cards.count()).toBe(10);
    expect(await cards.first().innerText()).toMatch(
      /^5 out of 5 stars\s+Better than hoped\s+Soft, warm[^]*\s+Maren T\.\s+✓ Verified buyer$/,
    );
  });

  test('shows the reviews of one product where it names one', async () => {
    shop.stock('a', 2);
    const { page } = await shop.visit({
      body: '<plaudit-carousel product="a"></plaudit-carousel>',
    });
    await page.locator('plaudit-carousel [part=card]').nth(1).waitFor();
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/products/a/reviews']);
  });

  test.for(['ltr', 'rtl'])('moves by its buttons, to both ends and no further: %s', async (dir) => {
    const { page, track } = await open(`lang="en" dir="${dir}"`);
    const next = page.getByRole('button', { name: 'Next reviews' });
    const previous = page.getByRole('button', { name: 'Previous reviews' });
    expect(await previous.getAttribute('aria-disabled')).toBe('true');
    await next.click();
    await expect.poll(() => shownCard(track)).toBeGreaterThan(1);
    await expect.poll(() => previous.getAttribute('aria-disabled')).toBe('false');
    await previous.click();
    await expect.poll(() => shownCard(track)).toBe(0);
    await expect
      .poll(async () => {
        // By force: it stays in reach at the end, where a driver would wait until it is enabled.
        await next.click({ force: true });
        return next.getAttribute('aria-disabled');
      })
      .toBe('true');
    expect(await next.evaluate((button) => button.matches(':focus'))).toBe(true);
  });

  test.for(['ltr', 'rtl'])('moves card by card with the arrow keys: %s', async (dir) => {
    const { page, track } = await open(`lang="en" dir="${dir}"`);
    const [on, back] = dir === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    await page.keyboard.press('Tab');
    expect(await track.evaluate((list) => list.matches(':focus-visible'))).toBe(true);
    await page.keyboard.press(on);
    await expect.poll(() => shownCard(track)).toBe(1);
    await page.keyboard.press(on);
    await expect.poll(() => shownCard(track)).toBe(2);
    await page.keyboard.press(back);
    await expect.poll(() => shownCard(track)).toBe(1);
    await page.keyboard.press('End');
    await expect.poll(() => shownCard(track)).toBeGreaterThan(6);
    await page.keyboard.press('Home');
    await expect.poll(() => shownCard(track)).toBe(0);
  });

  test('has no timer that could move it', async () => {
    shop.stock('a', 10);
    const { page } = await shop.visit({ head: '', body });
    await page.clock.install();
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    const track = page.locator('plaudit-carousel [part=track]');
    await expect
      .poll(async () => {
        await page.clock.runFor(100);
        return track.count();
      })
      .toBe(1);
    await page.clock.runFor(60_000);
    expect(await track.evaluate((list) => list.scrollLeft)).toBe(0);
  });

  test('shows all of a long review on demand', async () => {
    const { page } = await open();
    const card = page.locator('plaudit-carousel [part=card]').nth(2);
    const isCut = (): Promise<boolean> =>
      card.locator('[part=body]').evaluate((body) => body.scrollHeight > body.clientHeight);
    expect(await isCut()).toBe(true);
    await card.getByRole('button', { name: 'Read more' }).click();
    expect(await isCut()).toBe(false);
    await card.getByRole('button', { name: 'Read less', expanded: true }).click();
    expect(await isCut()).toBe(true);
    const short = page.locator('plaudit-carousel [part=card]').nth(1);
    expect(await short.getByRole('button').count()).toBe(0);
  });

  test('keeps its height from the first to the last moment', async () => {
    shop.stock('a', 12);
    let release = (): void => {};
    shop.edge.intercept = (request, response) => {
      if (!request.url?.endsWith('/demo/reviews') || response.headersSent) return false;
      const reviews = shop.edge.products.get('a');
      release = () => response.end(JSON.stringify({ summary: { count: 12 }, reviews }));
      return true;
    };
    const { page, layoutShift } = await shop.visit({
      head: `<script src="${shop.edge.scriptUrl}"></script>`,
      body,
    });
    await page.getByText('Below').waitFor();
    await expect.poll(() => shop.edge.requests.length).toBe(1);
    await page.locator('plaudit-carousel .carousel').waitFor();
    release();
    await page.locator('plaudit-carousel [part=card]').first().waitFor();
    expect(await layoutShift()).toBe(0);
  });

  test('offers no buttons where all cards are to be seen', async () => {
    shop.stock('a', 2);
    const { page } = await shop.visit({ body });
    await page.locator('plaudit-carousel [part=card]').nth(1).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Next reviews' }).count()).toBe(0);
  });

  test('shows nothing before the first review', async () => {
    const { page } = await shop.visit({ body });
    await expect
      .poll(() => page.locator('plaudit-carousel').evaluate((host) => host.clientHeight))
      .toBe(0);
    expect(await page.locator('plaudit-carousel').innerText()).toBe('');
  });
});
