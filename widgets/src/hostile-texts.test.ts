/** Everything that strangers write, in every widget that shows it: text, and nothing but text. */

import type { Answer, Question, Review } from '@plaudit/sdk';
import { renderReviewsElement } from '@plaudit/sdk/server';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import naughtyStrings from 'big-list-of-naughty-strings' with { type: 'json' };
import { HOSTILE_TEXTS, hostileReview } from '../test/hostile-reviews.ts';
import { answer } from '../test/reviews.ts';
import { ROOM } from '../test/room.ts';
import type { Visit } from '../test/shop.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const PHONE = { viewport: { width: 390, height: 800 } };
/** An empty text is left out by the server. */
const TEXTS = [...HOSTILE_TEXTS, ...naughtyStrings.filter((text) => text.trim() !== '')];
const PAGE_SIZE = 100;

/** So many at a time. */
const inGroups = (size: number): string[][] =>
  Array.from({ length: Math.ceil(TEXTS.length / size) }, (_, index) =>
    TEXTS.slice(index * size, (index + 1) * size),
  );

/** A hostile review with a photo that can be shown. */
const withPhoto = (text: string, index: number): Review => ({
  ...hostileReview(text, index),
  media: [{ kind: 'photo', url: `${shop.edge.url}/${index}.webp` }],
});

const hostileQuestion = (text: string, index: number): Question => {
  const common = { createdAt: '2026-07-28T00:00:00Z', helpful: { up: 0, down: 0 } };
  const written: Answer = { ...common, id: `a${index}`, body: text, author: text, byShop: false };
  return {
    ...common,
    id: `q${index}`,
    productId: '42',
    body: text,
    author: text,
    answers: [written],
  };
};

/** Opens a page and takes down every address elsewhere that it asks for. */
async function visit(body: string, head = tag()): Promise<Visit & { strays: string[] }> {
  const opened = await shop.visit({ body, head: ROOM + head }, PHONE);
  const strays: string[] = [];
  const shopUrl = new URL(opened.page.url()).origin;
  opened.page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(shop.edge.url) && !url.startsWith(shopUrl)) strays.push(url);
  });
  return { ...opened, strays };
}

const tag = (): string => `<script async src="${shop.edge.scriptUrl}"></script>`;

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

const textsOf = (page: Page, selector: string): Promise<(string | null)[]> =>
  page.locator(selector).evaluateAll((found) => found.map(({ textContent }) => textContent));

test('the list is long', () => {
  expect(TEXTS.length).toBeGreaterThan(400);
});

describe.for(inGroups(PAGE_SIZE).map((texts, index) => ({ texts, index })))(
  'part $index of the list',
  ({ texts }) => {
    test('in reviews: title, body, author, reply, language', async () => {
      shop.edge.products.set('42', texts.map(hostileReview));
      shop.edge.settings = { ...shop.edge.settings, layout: { pageSize: PAGE_SIZE } };
      const { page, layoutShift, strays } = await visit(
        '<plaudit-reviews product="42"></plaudit-reviews><p>Below</p>',
      );
      await page
        .locator('[part=review]')
        .nth(texts.length - 1)
        .waitFor();
      expect(await textsOf(page, '[part=review] [part=body]')).toEqual(texts);
      expect(await textsOf(page, '[part=review] [part=title]')).toEqual(texts);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await layoutShift()).toBeLessThanOrEqual(0.01);
      expect(strays).toEqual([]);
    });

    test('in a server’s own HTML, without the widget and taken over by it', async () => {
      shop.edge.products.set('42', texts.map(hostileReview));
      const { settings } = shop.edge;
      const first = answer(shop.edge.products.get('42') ?? [], { limit: PAGE_SIZE });
      const facts = { name: texts.join('') };
      const element = renderReviewsElement(first, { product: '42', settings, facts });
      const { page, layoutShift, strays } = await visit(element, '');
      // HTML cannot say NUL or half of a surrogate pair.
      const sayable = texts.map((text) => text.toWellFormed().replaceAll('\0', '\uFFFD'));
      expect(await textsOf(page, '[part=review] [part=body]')).toEqual(sayable);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      const ready = page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            document.addEventListener('plaudit:ready', () => resolve());
          }),
      );
      await page.addScriptTag({ url: shop.edge.scriptUrl });
      await ready;
      expect(await page.locator('[part=review]').count()).toBe(texts.length);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(await layoutShift()).toBeLessThanOrEqual(0.01);
      expect(strays).toEqual([]);
    });

    test('in questions and answers', async () => {
      shop.edge.questions.set('42', texts.map(hostileQuestion));
      const { page, strays } = await visit('<plaudit-questions product="42"></plaudit-questions>');
      const questions = page.locator('[part=question]');
      for (let shown = 10; shown < texts.length; shown += 10) {
        await questions.nth(shown - 1).waitFor();
        await page.getByRole('button', { name: 'Show more questions' }).click();
      }
      await questions.nth(texts.length - 1).waitFor();
      expect(await textsOf(page, '[part~=answer] p[dir]')).toEqual(texts);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(strays).toEqual([]);
    });
  },
);

test('in carousels: title, body, author', async () => {
  const groups = inGroups(10);
  groups.forEach((texts, index) => shop.edge.products.set(`c${index}`, texts.map(hostileReview)));
  const tags = groups.map(
    (_, index) => `<plaudit-carousel product="c${index}"></plaudit-carousel>`,
  );
  const { page, strays } = await visit(tags.join(''));
  for (const [index, texts] of groups.entries()) {
    const carousel = page.locator(`plaudit-carousel[product=c${index}]`);
    await carousel.scrollIntoViewIfNeeded();
    await carousel
      .locator('[part=card]')
      .nth(texts.length - 1)
      .waitFor();
  }
  expect(await textsOf(page, 'plaudit-carousel [part=body]')).toEqual(TEXTS);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(strays).toEqual([]);
});

test('in galleries and the large view: author, title, body', async () => {
  const texts = [...HOSTILE_TEXTS, ...TEXTS.filter((text) => /script|on\w+=/i.test(text))].slice(
    0,
    30,
  );
  shop.edge.products.set('42', texts.map(withPhoto));
  shop.edge.intercept = (request, response) => {
    if (!request.url?.endsWith('.webp')) return false;
    response.writeHead(204).end();
    return true;
  };
  const { page, strays } = await visit('<plaudit-gallery product="42"></plaudit-gallery>');
  const tiles = page.locator('[part=photo]');
  await tiles.nth(texts.length - 1).waitFor();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await tiles.first().locator('a').click();
  const dialog = page.getByRole('dialog');
  for (const text of texts) {
    await expect.poll(() => dialog.evaluate((box) => box.textContent)).toContain(text);
    expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(
      0,
    );
    if (text !== texts.at(-1)) await page.getByRole('button', { name: 'Next photo' }).click();
  }
  expect(strays).toEqual([]);
});

test('in what a visitor writes, back on the page at once', async () => {
  const { page } = await visit('<plaudit-reviews product="42"></plaudit-reviews>');
  const text = HOSTILE_TEXTS.slice(0, 9).join(' ').slice(0, 9_000);
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('radio', { name: '1 star' }).check();
  await page.getByLabel('Title').fill(text.slice(0, 200));
  await page.getByLabel('Your review').fill(text);
  await page.getByLabel('Name').fill(text.slice(0, 100));
  await page.getByLabel('E-mail').fill('a@example.com');
  await page.getByRole('button', { name: 'Send review' }).click();
  await page.getByText('Thank you!').waitFor();
  expect(JSON.parse(shop.edge.posts[0] ?? '')).toMatchObject({ body: text.trim() });
  await expect.poll(() => textsOf(page, '[part=review] [part=body]')).toEqual([text.trim()]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
});
