import { describe, expect, test } from 'vitest';
import { findProblems } from '../../test/accessibility.ts';
import { reviewAt } from '../../test/reviews.ts';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();
const body = '<plaudit-reviews product="42"></plaudit-reviews>';
const REVIEW = 'plaudit-reviews [part=review]';
const reads = (): string[] => shop.edge.requests.map((line) => line.replace(/.*reviews/, ''));

describe('the first view', () => {
  test('shows the rating, its spread and the first ten reviews', async () => {
    shop.stock('42', 1024);
    const { page } = await shop.visit({ body });
    await page.locator(REVIEW).nth(9).waitFor();
    expect(await page.locator(REVIEW).count()).toBe(10);
    expect(await page.locator('[part=summary]').innerText()).toMatch(
      /3\.7[^]*Based on 1,024 reviews/,
    );
    expect(await page.getByRole('button', { name: '5-star reviews: 293' }).isVisible()).toBe(true);
    const first = page.locator(REVIEW).first();
    expect(await first.innerText()).toMatch(/Maren T\.[^]*Verified buyer[^]*Better than hoped/);
    expect(await page.locator(REVIEW).nth(1).innerText()).toContain('Reply from the shop');
    expect(await page.locator(REVIEW).nth(5).innerText()).toContain('Anonymous');
  });

  test('takes script, chunk and one read, and asks for no more than the shop shows', async () => {
    shop.stock('42', 30);
    shop.edge.settings = { ...shop.edge.settings, layout: { pageSize: 5 } };
    const { page } = await shop.visit({ body });
    await page.locator(REVIEW).first().waitFor();
    const downloads: string[] = [];
    page.on('response', (response) => downloads.push(response.url()));
    await page.reload();
    await page.locator(REVIEW).nth(4).waitFor();
    // Votes come once all else is there.
    const fromEdge = downloads.filter(
      (url) => url.startsWith(shop.edge.url) && !url.includes('/assets/later-'),
    );
    expect(fromEdge.map((url) => url.slice(shop.edge.url.length)).toSorted()).toEqual([
      expect.stringMatching(/^\/assets\/reviews-.*\.js$/),
      '/demo/plaudit.js',
      '/v1/shops/demo/products/42/reviews?limit=5',
    ]);
  });

  test('writes dates in the language of the shop', async () => {
    shop.stock('42', 1);
    shop.edge.settings = { ...shop.edge.settings, locale: 'de' };
    const { page } = await shop.visit({ body });
    await page.getByText('28.07.2026').waitFor();
    expect(await page.locator('time').getAttribute('datetime')).toBe('2026-07-28T00:00:00.000Z');
  });

  test('invites to write the first review where there is none', async () => {
    const { page } = await shop.visit({ body });
    await page.locator('[part=empty]').waitFor();
    expect(await page.getByRole('combobox').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Write a review' }).isVisible()).toBe(true);
  });

  test('holds its place while it loads, so that what follows does not jump', async () => {
    shop.stock('42', 30);
    const held: (() => void)[] = [];
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/products/') || held.length > 0) return false;
      held.push(() => response.writeHead(503).end());
      return true;
    };
    const { page, layoutShift } = await shop.visit({
      head: `<script src="${shop.edge.scriptUrl}"></script>`,
      body: `${body}<p>Below</p>`,
    });
    await page.locator('.skeleton').waitFor();
    for (const release of held) release();
    await page.locator(REVIEW).first().waitFor();
    expect(await layoutShift()).toBe(0);
  });

  test('has a state of its own for each of two widgets on a page', async () => {
    shop.stock('a', 12);
    shop.stock('b', 3);
    const { page } = await shop.visit({
      body: '<plaudit-reviews product="a"></plaudit-reviews><plaudit-reviews product="b"></plaudit-reviews>',
    });
    const [first, second] = [
      page.locator('plaudit-reviews').first(),
      page.locator('plaudit-reviews').last(),
    ];
    await first.locator('[part=review]').first().waitFor();
    await second.locator('[part=review]').first().waitFor();
    await first.getByRole('button', { name: /^4-star/ }).click();
    await first.locator('[part=pill]').waitFor();
    expect(await second.locator('[part=pill]').count()).toBe(0);
    expect(await second.locator('[part=review]').count()).toBe(3);
  });
});

test('a review tells what was answered: a variant without its question, whatever the language', async () => {
  const [first, second] = [reviewAt('42', 0), reviewAt('42', 1)];
  const answers = [
    { question: 'variant', label: 'Variant', value: 'Red / XL' },
    { question: 'fit', label: 'How does it fit?', value: 4 },
    { question: 'use', label: 'Worn for', value: ['Work', 'Sport'] },
    { question: 'tip', label: 'A tip', value: 'Wash it <b>cold</b>.' },
  ];
  shop.edge.products.set('42', [{ ...first, answers }, second]);
  const { page } = await shop.visit({ body: `<h1>Jumper</h1>${body}` });
  await page.locator('[part=votes]').nth(1).waitFor();
  const told = page.locator('[part=answer]');
  expect(await told.allInnerTexts()).toEqual([
    'Red / XL',
    'How does it fit?: 4 / 5',
    'Worn for: Work, Sport',
    'A tip: Wash it <b>cold</b>.',
  ]);
  expect(await page.locator(REVIEW).nth(1).locator('[part=answer]').count()).toBe(0);
  expect(await findProblems(page)).toEqual([]);
});

test('reviews of the whole shop name their product, with a link where that is safe', async () => {
  shop.stock('a', 3);
  const told = [
    { productTitle: 'A jumper', productUrl: 'https://shop.example/jumper' },
    { productTitle: 'A trap', productUrl: 'javascript:executed(1)' },
    {},
  ];
  for (const [index, review] of (shop.edge.products.get('a') ?? []).entries()) {
    Object.assign(review, told[index]);
  }
  const { page } = await shop.visit({ body: '<plaudit-reviews></plaudit-reviews>' });
  await page.locator('[part=product]').nth(1).waitFor();
  expect(
    await page
      .locator('[part=product]')
      .evaluateAll((links) => links.map((link) => [link.textContent, link.getAttribute('href')])),
  ).toEqual([
    ['A jumper', 'https://shop.example/jumper'],
    ['A trap', null],
  ]);
});

describe('working with the list', () => {
  test('bars filter by stars, several at once, and pills take a filter back', async () => {
    shop.stock('42', 50);
    const { page } = await shop.visit({ body });
    const five = page.getByRole('button', { name: /^5-star/ });
    await five.click();
    await page.getByRole('button', { name: /^4-star/ }).click();
    await page.getByRole('button', { name: 'Remove filter: 4-star reviews' }).waitFor();
    await expect.poll(reads).toContain('?rating=4%2C5');
    expect(await five.getAttribute('aria-pressed')).toBe('true');

    await page.getByRole('button', { name: 'Remove filter: 4-star reviews' }).click();
    await expect.poll(reads).toContain('?rating=5');
    await expect
      .poll(async () => new Set(await page.locator(`${REVIEW} .unseen`).allTextContents()))
      .toEqual(new Set(['5 out of 5 stars']));
    await five.click();
    await expect.poll(() => page.locator('[part=pill]').count()).toBe(0);
  });

  test('filters by words and by verified buyers, and clears all filters at once', async () => {
    shop.stock('42', 50);
    const { page } = await shop.visit({ body });
    const open = page.getByRole('button', { name: 'Filter', exact: true });
    await open.click();
    await page.getByRole('searchbox', { name: 'Search reviews' }).fill(' colour ');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Verified buyers' }).check();
    await expect.poll(reads).toContain('?q=colour&verified=true');
    await expect
      .poll(async () => new Set(await page.locator('[part=body]').allTextContents()).size)
      .toBe(1);
    expect(await page.locator('[part=pill]').allTextContents()).toEqual([
      'Verified buyers ✕',
      '“colour” ✕',
    ]);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect.poll(() => page.locator('[part=pill]').count()).toBe(0);
    expect(await open.evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    expect(await page.getByRole('checkbox', { name: 'Verified buyers' }).isChecked()).toBe(false);
  });

  test('says so when nothing fits, and lets the visitor take a filter back', async () => {
    shop.stock('42', 5);
    const { page } = await shop.visit({ body });
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('checkbox', { name: 'With photos or videos' }).check();
    await page.getByText('No reviews match').waitFor();
    await page.getByRole('button', { name: 'Remove filter: With photos or videos' }).click();
    await page.locator(REVIEW).nth(4).waitFor();
    expect(await page.getByText('No reviews match').count()).toBe(0);
  });

  test('sorts', async () => {
    shop.stock('42', 20);
    const { page } = await shop.visit({ body });
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption('lowest');
    await expect
      .poll(() => page.locator(`${REVIEW} .unseen`).first().textContent())
      .toBe('2 out of 5 stars');
    expect(reads()).toEqual(['', '?sort=lowest']);
  });

  test('the answer to an older question never replaces that to a newer one', async () => {
    shop.stock('42', 20);
    const { page } = await shop.visit({ body });
    await page.locator(REVIEW).first().waitFor();
    let release = (): void => {};
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('sort=lowest')) return false;
      release = () => response.end(JSON.stringify({ summary: {}, reviews: [] }));
      return true;
    };
    const sort = page.getByRole('combobox');
    await sort.selectOption('lowest');
    await expect.poll(reads).toContain('?sort=lowest');
    await sort.selectOption('newest');
    await expect.poll(() => page.locator('[part=list]').getAttribute('aria-busy')).toBe('false');
    release();
    await page.evaluate(() => fetch('/').then((answer) => answer.text()));
    expect(await page.locator(REVIEW).count()).toBe(10);
  });

  test('continues with the focus kept, says so, and ends on the first of the last reviews (AC05)', async () => {
    shop.stock('42', 25);
    const { page } = await shop.visit({ body });
    const more = page.getByRole('button', { name: 'Show more reviews' });
    await more.focus();
    await page.keyboard.press('Enter');
    await page.locator(REVIEW).nth(19).waitFor();
    const focused = page.locator('plaudit-reviews :focus');
    expect(await focused.innerText()).toBe('Show more reviews');
    expect(await page.getByRole('status').textContent()).toBe('List updated. Reviews shown: 20');
    await page.keyboard.press('Enter');
    await page.locator(REVIEW).nth(24).waitFor();
    const firstOfLast = page.locator(REVIEW).nth(20);
    await expect.poll(() => firstOfLast.evaluate((review) => review.matches(':focus'))).toBe(true);
    expect(await more.count()).toBe(0);
  });

  test('keeps what is shown when more cannot be had, and tries again when asked to', async () => {
    shop.stock('42', 25);
    const { page } = await shop.visit({ body });
    await page.locator(REVIEW).first().waitFor();
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('cursor')) return false;
      response.writeHead(500).end();
      return true;
    };
    await page.getByRole('button', { name: 'Show more reviews' }).click();
    await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).waitFor();
    expect(await page.locator(REVIEW).count()).toBe(10);
    shop.edge.intercept = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator(REVIEW).nth(19).waitFor();
    expect(await page.locator(REVIEW).count()).toBe(20);
  });

  test('cuts long reviews and shows all of one on demand', async () => {
    shop.stock('42', 1);
    const [review] = shop.edge.products.get('42') ?? [];
    if (review) review.body = 'A long story. '.repeat(100);
    const { page } = await shop.visit({ body });
    const text = page.locator('[part=body]');
    await text.waitFor();
    const height = (): Promise<number> => text.evaluate((element) => element.clientHeight);
    const cut = await height();
    await page.getByRole('button', { name: 'Read more' }).click();
    expect(await height()).toBeGreaterThan(cut);
    await page.getByRole('button', { name: 'Read less' }).click();
    await expect.poll(height).toBe(cut);
  });
});
