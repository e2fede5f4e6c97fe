import { describe, expect, test } from 'vitest';
import type { CustomQuestion, Review } from '@plaudit/sdk';
import type { Page } from 'playwright';
import { findProblems } from '../../../test/accessibility.ts';
import { answeredReviewAt } from '../../../test/reviews.ts';
import { useStorefront } from '../../../test/storefront.ts';

const shop = useStorefront();
const body = '<h1>Jumper</h1><plaudit-reviews product="42"></plaudit-reviews>';
const QUESTIONS: CustomQuestion[] = [
  { id: 'fit', kind: 'scale', label: 'Fit' },
  { id: 'size', kind: 'single', label: 'Size bought', options: ['M', 'XL: long'] },
  { id: 'why', kind: 'text', label: 'Why?' },
];

const reads = (): string[] =>
  shop.edge.requests.map((request) => decodeURIComponent(request.replace(/[^?]*/, '')));

function stock(locale = 'en'): void {
  const reviews = Array.from({ length: 24 }, (_, index) => answeredReviewAt('42', index));
  shop.edge.products.set('42', reviews);
  shop.edge.settings = { ...shop.edge.settings, locale, form: { questions: QUESTIONS } };
}

async function openFilters(html = 'lang="en"'): Promise<Page> {
  const { page } = await shop.visit({ body, html });
  await page.locator('[part=filter]').click();
  await page.locator('[part=filters]').waitFor();
  return page;
}

const pills = (page: Page): Promise<string[]> => page.locator('[part=pill]').allTextContents();

describe('the filters', () => {
  test('offer what the reviews have in common, the most frequent first', async () => {
    stock();
    const page = await openFilters();
    const optionsOf = (name: string): Promise<string[]> =>
      page.getByRole('combobox', { name }).locator('option').allTextContents();
    expect(await optionsOf('Language')).toEqual([
      'All',
      'German (12)',
      'English (6)',
      'French (6)',
    ]);
    expect(await optionsOf('Country')).toEqual([
      'All',
      'United Kingdom (8)',
      'Germany (8)',
      'Austria (8)',
    ]);
    expect(await optionsOf('Topic')).toEqual(['All', 'the colour (8)', 'washes (8)']);
    expect(await optionsOf('Answers')).toEqual(['All', '1', '2', '3', '4', '5', 'M', 'XL: long']);
  });

  test('narrow the list, each with a pill that takes it back', async () => {
    stock();
    const page = await openFilters();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
    await expect.poll(reads).toContain('?locale=de');
    await page.getByRole('combobox', { name: 'Country' }).selectOption('AT');
    await page.getByRole('combobox', { name: 'Topic' }).selectOption('the colour');
    await page.getByRole('combobox', { name: 'Answers' }).selectOption('size:XL: long');
    await expect
      .poll(reads)
      .toContain('?answer=size:XL: long&country=AT&locale=de&topic=the colour');
    expect(await page.getByRole('combobox', { name: 'Variant' }).count()).toBe(0);
    expect(await pills(page)).toEqual([
      'German ✕',
      'Austria ✕',
      '“the colour” ✕',
      'Size bought: XL: long ✕',
    ]);
    await page.getByRole('button', { name: 'Remove filter: Austria' }).click();
    await expect.poll(() => pills(page)).toHaveLength(3);
    expect(await page.getByRole('combobox', { name: 'Country' }).inputValue()).toBe('');
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect.poll(() => pills(page)).toEqual([]);
    await expect.poll(() => page.locator('[part=review]').count()).toBe(10);
    for (const select of await page.locator('[part=filters] select').all()) {
      expect(await select.inputValue()).toBe('');
    }
  });

  test('offer the variants, beside the answers to questions', async () => {
    stock();
    const reviews = shop.edge.products.get('42') ?? [];
    const ofVariant = (review: Review, index: number): Review => ({
      ...review,
      answers: [
        { question: 'variant', label: 'Variant', value: index % 3 === 0 ? 'Red: dark' : 'Blue' },
        ...(review.answers ?? []),
      ],
    });
    shop.edge.products.set('42', reviews.map(ofVariant));
    const page = await openFilters();
    const variant = page.getByRole('combobox', { name: 'Variant' });
    const answers = page.getByRole('combobox', { name: 'Answers' });
    const options = await variant.locator('option').allTextContents();
    expect(options.toSorted()).toEqual(['All', 'Blue (16)', 'Red: dark (8)']);
    await variant.selectOption('variant:Red: dark');
    await expect.poll(reads).toContain('?answer=variant:Red: dark');
    expect(await pills(page)).toEqual(['Variant: Red: dark ✕']);
    expect(await answers.inputValue()).toBe('');
    await answers.selectOption('size:M');
    await expect.poll(() => pills(page)).toEqual(['Size bought: M ✕']);
    expect(await variant.inputValue()).toBe('');
  });

  test('leave out what there is no choice of', async () => {
    shop.stock('42', 1);
    const page = await openFilters();
    expect(await page.locator('[part=filters] select').count()).toBe(0);
  });

  test('speak the language of the shop, from right to left too, and axe has no finding', async () => {
    stock('ar');
    const page = await openFilters('lang="ar" dir="rtl"');
    await page.getByRole('combobox', { name: 'اللغة' }).selectOption('de');
    await page.getByRole('button', { name: /الألمانية/ }).waitFor();
    await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
    expect(await findProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 700 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
    expect(await findProblems(page)).toEqual([]);
  });

  test('call what is no code what it says', async () => {
    stock();
    for (const review of shop.edge.products.get('42') ?? []) {
      if (review.locale === 'fr') review.locale = 'q_q';
    }
    const page = await openFilters();
    const options = page.getByRole('combobox', { name: 'Language' }).locator('option');
    expect(await options.allTextContents()).toContain('Q_q (6)');
  });

  test('can be set by a bar when their code cannot be had, and taken back by it', async () => {
    stock();
    const { page } = await shop.visit({ body });
    await page.locator('[part=review]').first().waitFor();
    await page.route('**/assets/filters-*', (route) => route.abort());
    const bar = page.getByRole('button', { name: /^5-star/ });
    await bar.click();
    await expect.poll(reads).toContain('?rating=5');
    await bar.click();
    await expect.poll(() => bar.getAttribute('aria-pressed')).toBe('false');
    expect(await pills(page)).toEqual([]);
  });
});

test('the summary shows how the shop’s own questions of 1 to 5 were answered', async () => {
  stock();
  const { page, layoutShift } = await shop.visit({ body });
  const scale = page.locator('[part=scales] .scale');
  await scale.waitFor();
  expect(await scale.innerText()).toMatch(/^Fit\s+4\.0 \/ 5$/);
  const filled = await scale.locator('rect').evaluate((rect) => {
    const track = rect.closest('svg');
    return rect.getBoundingClientRect().width / (track?.clientWidth ?? Number.NaN);
  });
  expect(filled).toBeCloseTo(0.8, 2);
  expect(await layoutShift()).toBeLessThan(0.01);
});
