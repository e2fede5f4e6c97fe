import { createElement as h, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import {
  Badge,
  Carousel,
  Gallery,
  PlauditScript,
  Questions,
  Rating,
  ReviewForm,
  Reviews,
  Tab,
} from './index.ts';

const render = (node: ReactNode): string => renderToString(node);

describe('on a server', () => {
  test('every component is its element, with what the page may say of it', () => {
    expect(render(h(Rating, { product: '42', className: 'card', id: 'r', slot: 's' }))).toBe(
      '<plaudit-rating product="42" id="r" slot="s" class="card"></plaudit-rating>',
    );
    expect(render(h(Badge, { href: '/reviews' }))).toBe(
      '<plaudit-badge href="/reviews"></plaudit-badge>',
    );
    expect(render(h(Carousel, { style: { color: 'red' } }))).toBe(
      '<plaudit-carousel style="color:red"></plaudit-carousel>',
    );
    expect(render(h(Gallery, { 'data-place': 'footer' }))).toBe(
      '<plaudit-gallery data-place="footer"></plaudit-gallery>',
    );
    expect(render(h(Questions, { product: '42' }))).toBe(
      '<plaudit-questions product="42"></plaudit-questions>',
    );
    expect(render(h(ReviewForm, { product: '42', rating: 4 }))).toBe(
      '<plaudit-review-form product="42" rating="4"></plaudit-review-form>',
    );
    expect(render(h(Tab, { hidden: true }))).toBe('<plaudit-tab hidden="hidden"></plaudit-tab>');
    expect(render(h(Tab, { hidden: false }))).toBe('<plaudit-tab></plaudit-tab>');
  });

  test('the fallback stands between the tags, and handlers leave nothing behind', () => {
    const onError = (): void => {};
    const props = { product: '<"42">', layout: 'grid', onError } as const;
    expect(render(h(Reviews, props, h('p', null, 'Reviews & more')))).toBe(
      '<plaudit-reviews product="&lt;&quot;42&quot;&gt;" layout="grid"><p>Reviews &amp; more</p></plaudit-reviews>',
    );
  });

  test('the script is an async tag', () => {
    const script = h(PlauditScript, { edge: 'https://reviews.example/', appKey: 'a b' });
    const markup = render(script);
    expect(markup).toMatch(/^<script [^>]*><\/script>$/);
    expect(markup).toContain('src="https://reviews.example/a%20b/plaudit.js"');
    expect(markup).toContain(' async=""');
  });
});
