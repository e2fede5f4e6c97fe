import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Review, ReviewPage } from '@plaudit/contract';
import { html } from './html.ts';
import { renderReviews } from './render-reviews.ts';
import { toJsonLdScript, toStructuredData } from './structured-data.ts';

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
  createdAt: '2026-07-28T10:00:00.000Z',
  helpful: { up: 0, down: 0 },
  reply: { body: 'Thank you!' },
};

function pageOf(...reviews: Review[]): ReviewPage {
  const statistics = { count: 1024, average: 4.25, histogram: [1, 2, 3, 4, 5] as const };
  const summary = {
    ...statistics,
    histogram: [...statistics.histogram] as [number, number, number, number, number],
  };
  return { summary: { ...summary, organic: summary }, reviews };
}

const empty: ReviewPage = { ...pageOf(), summary: { ...pageOf().summary, count: 0, average: 0 } };

describe('structured data', () => {
  test('says what Google asks for', () => {
    expect(toStructuredData({ name: 'Jumper', sku: '42' }, pageOf(review))).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Product',
      name: 'Jumper',
      sku: '42',
      aggregateRating: {
        '@type': 'AggregateRating',
        ratingValue: 4.3,
        reviewCount: 1024,
        bestRating: 5,
        worstRating: 1,
      },
      review: [
        {
          '@type': 'Review',
          author: { '@type': 'Person', name: 'Jo' },
          datePublished: '2026-07-28T10:00:00.000Z',
          reviewRating: { '@type': 'Rating', ratingValue: 4, bestRating: 5, worstRating: 1 },
          name: 'Warm & soft',
          reviewBody: 'Fits.',
          inLanguage: 'en',
        },
      ],
    });
  });

  test('claims no rating where there is none', () => {
    expect(toStructuredData({ name: 'Jumper' }, empty)).not.toHaveProperty('aggregateRating');
  });

  test('names the shop itself, and claims no rating that it gives itself', () => {
    const url = 'https://shop.example';
    const data = toStructuredData({ productID: '@site', name: 'Shop', url }, pageOf(review));
    expect(data).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Organization',
      name: 'Shop',
      url,
    });
  });

  test('names an author as Google allows it', () => {
    const { author: _, ...anonymous } = review;
    const data = toStructuredData(
      { name: 'J' },
      pageOf(anonymous, { ...review, author: 'x'.repeat(200) }),
    );
    expect(data['review']).toMatchObject([
      { author: { name: 'Anonymous' } },
      { author: { name: 'x'.repeat(100) } },
    ]);
  });

  test('no text ends its script element or is changed by it', () => {
    const hostile = oneof(string({ unit: 'grapheme' }), constantFrom('</script>', '<!--', ']]>'));
    assert(
      property(hostile, hostile, (body, name) => {
        const data = toStructuredData({ name }, pageOf({ ...review, body }));
        const script = toJsonLdScript(data);
        const json = script.slice(
          '<script type="application/ld+json">'.length,
          -'</script>'.length,
        );
        expect(json).not.toContain('<');
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });
});

describe('rendered reviews', () => {
  test('read well without scripts', () => {
    const text = renderReviews(pageOf(review))
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ');
    expect(text.trim()).toBe(
      'Customer reviews 4.3 out of 5 stars, based on 1,024 reviews Warm &amp; soft 4 out of 5 stars · Jo · Verified buyer · Jul 28, 2026 Fits. Reply from the shop Thank you!',
    );
  });

  test('speak the language they are asked for', () => {
    const texts = { summary: (average: string, count: string) => `${average} aus ${count}` };
    expect(renderReviews(pageOf(review), { locale: 'de', texts })).toContain('4,3 aus 1.024');
    expect(renderReviews(pageOf(review), { locale: 'de' })).toContain('28.07.2026');
  });

  test('say so where there are none', () => {
    expect(renderReviews(empty)).toContain('No reviews yet.');
  });

  test('hold no element but their own, whatever strangers wrote', () => {
    const elements = (markup: string): string[] => markup.match(/<[^>]*>?/g) ?? [];
    const own = elements(renderReviews(pageOf(review)));
    assert(
      property(string({ minLength: 1 }), (text) => {
        const { locale: _, ...rest } = review;
        const hostile = {
          ...rest,
          locale: 'en',
          title: text,
          body: text,
          author: text,
          reply: { body: text },
        };
        expect(elements(renderReviews(pageOf(hostile)))).toEqual(own);
      }),
    );
  });

  test('a text is only escaped once, and only where it is text', () => {
    const inner = html`<b>${'<&>"\''}</b>`;
    expect(html`<p>${inner}${[inner]}${undefined}${false}${0}</p>`.markup).toBe(
      '<p><b>&lt;&amp;&gt;&quot;&#39;</b><b>&lt;&amp;&gt;&quot;&#39;</b>0</p>',
    );
  });
});
