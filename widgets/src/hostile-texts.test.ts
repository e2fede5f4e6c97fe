/** Everything that strangers write, in every widget that shows it: text, and nothing but text. */

import type { Answer, CustomQuestion, FacetCount, Question, Review } from '@plaudit/sdk';
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
    test('in reviews: title, body, author, reply, language (UG01)', async () => {
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

    test('in a server’s own HTML, without the widget and taken over by it (UG01, WJ09)', async () => {
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

    test('in questions and answers (UG01)', async () => {
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

    test('in carousels: title, body, author (UG01)', async () => {
      const ids = Array.from({ length: Math.ceil(texts.length / 10) }, (_, index) => `c${index}`);
      for (const [index, id] of ids.entries()) {
        shop.edge.products.set(id, texts.slice(index * 10, index * 10 + 10).map(hostileReview));
      }
      const tags = ids.map((id) => `<plaudit-carousel product="${id}"></plaudit-carousel>`);
      const { page, strays } = await visit(tags.join(''));
      for (const id of ids) {
        const carousel = page.locator(`plaudit-carousel[product=${id}]`);
        await carousel.scrollIntoViewIfNeeded();
        await carousel.locator('[part=card]').first().waitFor();
      }
      expect(await textsOf(page, 'plaudit-carousel [part=body]')).toEqual(texts);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
      expect(strays).toEqual([]);
    });
  },
);

test('in galleries and the large view: author, title, body (UG01)', async () => {
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

test('in what a visitor writes, back on the page at once (UG01)', async () => {
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

describe('in the questions of the shop’s own, and in what reviews have in common', () => {
  const QUESTIONS: CustomQuestion[] = HOSTILE_TEXTS.map((text, index) => ({
    id: `q${index}`,
    kind: (['single', 'multiple', 'scale', 'text'] as const)[index % 4] ?? 'text',
    label: text,
    ...(index % 4 < 2 && { options: [text, 'M'] }),
  }));
  // As much of each as an address can hold four times.
  const counted: FacetCount[] = HOSTILE_TEXTS.map((text) => ({
    value: text.slice(0, 300),
    count: 2,
  }));

  /** A page whose every read, narrowed down or not, has these in it. */
  async function open(): Promise<Visit & { strays: string[] }> {
    const { settings } = shop.edge;
    shop.edge.settings = {
      ...settings,
      form: { questions: QUESTIONS, consentText: HOSTILE_TEXTS.join(' ') },
    };
    const scales = QUESTIONS.map(({ id, label }) => ({
      question: id,
      label,
      average: 4,
      count: 2,
    }));
    const facets = { locales: counted, countries: counted, topics: counted, scales };
    const page = { ...answer([hostileReview('W', 0)], {}), facets };
    shop.edge.intercept = (request, response) => {
      if (request.method !== 'GET' || !request.url?.startsWith('/v1/')) return false;
      response.end(JSON.stringify(page));
      return true;
    };
    const visited = await visit('<plaudit-reviews product="42"></plaudit-reviews>');
    await visited.page.locator('[part=review]').waitFor();
    return visited;
  }

  test('the summary and the form show text', async () => {
    const { page, strays } = await open();
    expect(await textsOf(page, '[part=scales] bdi')).toEqual(HOSTILE_TEXTS);
    await page.getByRole('button', { name: 'Write a review' }).click();
    await page.getByRole('button', { name: 'Send review' }).waitFor();
    expect(await textsOf(page, '.question bdi')).toEqual(HOSTILE_TEXTS);
    expect(await textsOf(page, '.choices bdi')).toEqual(
      QUESTIONS.flatMap(({ kind, options = ['1', '2', '3', '4', '5'] }) =>
        kind === 'text' ? [] : options,
      ),
    );
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(strays).toEqual([]);
  });

  test('filters and pills show text, which changes nothing beside it', async () => {
    const { page, strays } = await open();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('searchbox').waitFor();
    const selects = page.locator('[part=filters] select');
    expect(await textsOf(page, '[part=filters] optgroup option')).toContain('W'.repeat(10_000));
    for (let choice = 1; choice <= HOSTILE_TEXTS.length; choice++) {
      for (const select of await selects.all()) await select.selectOption({ index: choice });
      await expect.poll(() => page.locator('[part=pill]').count()).toBe(4);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    }
    const label = page.locator('[part=pill] bdi').last();
    expect(await label.evaluate((text) => getComputedStyle(text).unicodeBidi)).toBe('isolate');
    expect(strays).toEqual([]);
  });
});
