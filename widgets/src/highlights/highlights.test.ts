import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { findProblems } from '../../test/accessibility.ts';
import { answeredReviewAt } from '../../test/reviews.ts';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const HIGHLIGHTS = '<plaudit-highlights product="42"></plaudit-highlights>';
const BODY = `<h1>Jumper</h1>${HIGHLIGHTS}<p style="height: 3000px">Far</p><plaudit-reviews product="42"></plaudit-reviews>`;

function stock(): void {
  const reviews = Array.from({ length: 24 }, (_, index) => answeredReviewAt('42', index));
  shop.edge.products.set('42', reviews);
}
const pills = (page: Page): Promise<string[]> => page.locator('[part=pill]').allTextContents();

describe('plaudit-highlights', () => {
  test('shows what reviewers talk about, each with a sentence of theirs, in one request', async () => {
    stock();
    const { page, trouble } = await shop.visit({ body: HIGHLIGHTS });
    const section = page.getByRole('region', { name: 'Often mentioned' });
    await section.waitFor();
    expect(await section.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^the colour \(8\)\s+“I was not sure about the colour at first, .*”$/),
      expect.stringMatching(/^washes \(8\)\s+“Soft, .* washes\.”$/),
    ]);
    // Without reviews on the page they lead nowhere.
    expect(await section.getByRole('button').count()).toBe(0);
    expect(shop.edge.requests).toEqual(['GET /v1/shops/demo/products/42/topics']);
    expect(trouble.errors).toEqual([]);
  });

  test('a topic narrows the reviews of the page down, also by keyboard and before they are there', async () => {
    stock();
    const { page } = await shop.visit({ body: BODY });
    const topic = page.getByRole('button', { name: 'washes (8)' });
    await topic.waitFor();
    expect(await page.locator('[part=review]').count()).toBe(0);
    await topic.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => pills(page)).toEqual(['“washes” ✕']);
    await expect.poll(() => page.locator('[part=review]').count()).toBe(8);
    const reviews = page.locator('plaudit-reviews');
    expect(await reviews.evaluate((host) => host === document.activeElement)).toBe(true);
    const top = await reviews.evaluate((host) => host.getBoundingClientRect().top);
    expect(Math.abs(top)).toBeLessThan(2);

    // Taken back, it can be chosen again; another one stands in its place.
    await page.getByRole('button', { name: 'Remove filter: “washes”' }).click();
    await expect.poll(() => pills(page)).toEqual([]);
    await topic.click();
    await expect.poll(() => pills(page)).toEqual(['“washes” ✕']);
    await page.getByRole('button', { name: 'the colour (8)' }).click();
    await expect.poll(() => pills(page)).toEqual(['“the colour” ✕']);
  });

  test.each(['light', 'dark'])('axe finds nothing in %s', async (scheme) => {
    stock();
    const html = `lang="en"${scheme === 'dark' ? ' class="dark"' : ''}`;
    shop.edge.settings = {
      ...shop.edge.settings,
      look: { scheme: scheme === 'dark' ? 'dark' : 'auto' },
    };
    const { page } = await shop.visit({ html, body: BODY });
    await page.getByRole('button', { name: 'washes (8)' }).waitFor();
    expect(await findProblems(page)).toEqual([]);
  });

  test('in forced colours a topic has an edge, and shows that it is pointed at (AC06)', async () => {
    stock();
    const { page } = await shop.visit({ body: BODY }, { forcedColors: 'active' });
    const topic = page.getByRole('button', { name: 'washes (8)' });
    await topic.waitFor();
    const edge = () => topic.evaluate((button) => getComputedStyle(button).borderColor);
    const canvas = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const atRest = await edge();
    await topic.hover();
    const pointedAt = await edge();
    expect(new Set([canvas, atRest, pointedAt]).size).toBe(3);
    expect(await findProblems(page)).toEqual([]);
  });

  test('says what a topic does', async () => {
    stock();
    const { page } = await shop.visit({ body: BODY });
    const topic = page.getByRole('button', { name: 'washes (8)' });
    await topic.waitFor();
    const described = await topic.evaluate((button) => {
      const id = button.getAttribute('aria-describedby') ?? '';
      return (button.getRootNode() as ShadowRoot).getElementById(id)?.textContent;
    });
    expect(described).toBe('Shows the reviews that mention it.');
  });

  test('shows nothing, and moves nothing, where nobody has said much', async () => {
    const { page, layoutShift } = await shop.visit({
      head: '',
      body: `${HIGHLIGHTS}<p>Below</p>`,
    });
    const ready = page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('plaudit:ready', () => resolve(true));
        }),
    );
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    expect(await ready).toBe(true);
    expect(await page.locator('plaudit-highlights').innerText()).toBe('');
    expect(await layoutShift()).toBe(0);
  });

  test.for([
    ['cannot be read', HIGHLIGHTS.replace('></', '>What they say</')],
    ['are asked for without a product', '<plaudit-highlights>What they say</plaudit-highlights>'],
  ])('leaves its children where topics %s', async ([, body = '']) => {
    shop.edge.intercept = (request, response) => {
      if (!request.url?.endsWith('/topics')) return false;
      response.writeHead(503).end();
      return true;
    };
    const { page } = await shop.visit({ head: '', body });
    const failed = page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('plaudit:error', () => resolve(true));
        }),
    );
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    expect(await failed).toBe(true);
    await page.getByText('What they say').waitFor();
  });
});

test('the reviews show the topic that their element names from the start', async () => {
  stock();
  const { page } = await shop.visit({
    body: '<plaudit-reviews product="42" topic="the colour"></plaudit-reviews>',
  });
  await expect.poll(() => pills(page)).toEqual(['“the colour” ✕']);
  await page.locator('plaudit-reviews').evaluate((host) => host.removeAttribute('topic'));
  await expect.poll(() => pills(page)).toEqual([]);
});
