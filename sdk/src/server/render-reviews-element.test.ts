import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Review, ReviewPage } from '@plaudit/contract';
import { renderReviewsElement, reviewsStyles } from './render-reviews-element.ts';

const review: Review = {
  id: 'r1',
  productId: '42',
  rating: 4,
  title: 'Warm & soft',
  body: 'Fits.',
  author: 'Jo',
  verified: true,
  incentivized: false,
  locale: 'en',
  createdAt: '2026-07-28T23:30:00.000Z',
  helpful: { up: 0, down: 0 },
  reply: { body: 'Thank you!' },
};

function pageOf(...reviews: Review[]): ReviewPage {
  const histogram: [number, number, number, number, number] = [1, 2, 3, 4, 1014];
  const summary = { count: reviews.length && 1024, average: 4.25, histogram };
  return { summary: { ...summary, organic: summary }, reviews };
}

const product = '42';
/** All that stands in a `<…>`. */
const tags = (markup: string): string[] => markup.match(/<[^>]*>/g) ?? [];

describe('the element with its first page', () => {
  test('holds what the widget shows, in a shadow root of its own', () => {
    const markup = renderReviewsElement(pageOf(review), { product });
    expect(markup).toMatch(
      /^<plaudit-reviews product="42" while="loading"><template shadowrootmode="open"><style>.*<\/template><\/plaudit-reviews>$/s,
    );
    for (const text of ['4.3', 'Based on 1,024 reviews', 'Warm &amp; soft', 'Verified buyer']) {
      expect(markup).toContain(text);
    }
    expect(markup).toContain(
      '<time class="quiet" datetime="2026-07-28T23:30:00.000Z">Jul 28, 2026',
    );
    expect(markup).not.toMatch(/ style=| on\w+=|undefined|\[object/);
  });

  test('speaks the shop’s language, in its look and words', () => {
    const settings = {
      locale: 'de-AT',
      look: { scheme: 'dark', accentColor: 'tomato' },
      texts: { 'reviews.heading': 'Stimmen' },
    } as const;
    const markup = renderReviewsElement(pageOf(review), { product, settings });
    for (const text of [
      '>Stimmen<',
      'Aus 1.024 Bewertungen',
      '>4,3<',
      '28.07.2026',
      'lang="de-AT"',
    ]) {
      expect(markup).toContain(text);
    }
    expect(markup).toContain('--plaudit-accent:tomato');
    expect(markup).toContain('color-scheme:dark');
    expect(reviewsStyles(settings)).toContain('--plaudit-accent:tomato');
  });

  test('is laid out as the settings say, or as the element does', () => {
    const settings = { layout: { pageSize: 10, arrangement: 'compact' } } as const;
    expect(renderReviewsElement(pageOf(review), { product, settings })).toContain(
      '<section class="widget compact"',
    );
    expect(renderReviewsElement(pageOf(review), { product, settings, layout: 'grid' })).toMatch(
      /^<plaudit-reviews product="42" layout="grid" while="loading">.*<section class="widget "/s,
    );
  });

  test('without reviews says that there are none', () => {
    expect(renderReviewsElement(pageOf(), { product })).toContain('No reviews yet.');
  });

  test('is followed by structured data where the shop tells of the product', () => {
    const facts = { name: 'Jumper', sku: '42' };
    expect(renderReviewsElement(pageOf(review), { product, facts })).toMatch(
      /<\/plaudit-reviews><script type="application\/ld\+json">\{.*"Jumper".*\}<\/script>$/,
    );
  });

  test('makes no claims about the shop itself', () => {
    const markup = renderReviewsElement(pageOf(review), {
      product: '@site',
      facts: { name: 'Shop' },
    });
    expect(markup).toMatch(/^<plaudit-reviews product="@site" while="loading">/);
    const [, json] = /<script type="application\/ld\+json">(.*)<\/script>$/.exec(markup) ?? [];
    expect(JSON.parse(json ?? '')).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Organization',
      name: 'Shop',
    });
  });

  test('fits a strict policy: with a nonce, or with a style sheet of its own', () => {
    const page = pageOf(review);
    expect(renderReviewsElement(page, { product, nonce: 'abc' })).toContain('<style nonce="abc">');
    const linked = renderReviewsElement(page, {
      product,
      stylesheet: 'https://edge.example/x.css',
    });
    expect(linked).toContain('<link rel="stylesheet" href="https://edge.example/x.css">');
    expect(linked).not.toContain('<style');
  });

  test('carries its data for the widget', () => {
    const page = pageOf({ ...review, body: '</script><!--<script>' });
    const [, json] =
      /<script type="application\/json">([^<]*)<\/script>/.exec(
        renderReviewsElement(page, { product }),
      ) ?? [];
    expect(JSON.parse(json ?? '')).toEqual({
      ...page,
      dates: { '2026-07-28T23:30:00.000Z': 'Jul 28, 2026' },
    });
  });

  test('no text of anyone’s makes a tag (WJ01)', () => {
    const expected = tags(renderReviewsElement(pageOf(review), { product, facts: { name: 'x' } }));
    const hostile = oneof(
      string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      constantFrom(
        '</script>',
        '</style>',
        '<!--',
        '">',
        "'>",
        '</template>',
        '&lt;',
        '\0',
        '\uD800',
      ),
    ).filter((text) => text.trim() !== '');
    assert(
      property(hostile, (text) => {
        const page = pageOf({
          ...review,
          title: text,
          body: text,
          author: text,
          reply: { body: text },
        });
        const settings = {
          look: { scheme: 'auto', accentColor: text },
          texts: { 'review.verified': text },
        } as const;
        const markup = renderReviewsElement(page, { product, settings, facts: { name: text } });
        expect(tags(markup).length).toBe(expected.length);
      }),
      { numRuns: 200 },
    );
  });
});
