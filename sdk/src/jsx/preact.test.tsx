/** @jsxImportSource preact */
/** What must compile in Preact, and what must not: every mark below is an error that the compiler has to find. */
import { expect, test } from 'vitest';
import type { PlauditElements } from '../index.ts';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements extends PlauditElements {}
  }
}

const page = (
  <section>
    <plaudit-rating product="42" />
    <plaudit-reviews
      key="reviews"
      class="wide"
      product="42"
      layout="grid"
      onplaudit:ready={({ detail }) => String(detail.product)}
    >
      <p>Reviews will be here in a moment.</p>
    </plaudit-reviews>
    <plaudit-badge href="/reviews" />
    <plaudit-tab hidden />
  </section>
);

const wrong = [
  // @ts-expect-error -- a rating is about a product
  <plaudit-rating key="1" />,
  // @ts-expect-error -- there is no such layout
  <plaudit-reviews key="2" layout="table" />,
  // @ts-expect-error -- a product id is text
  <plaudit-carousel key="3" product={42} />,
  // @ts-expect-error -- what is ready has no id
  <plaudit-gallery key="4" onplaudit:ready={({ detail }) => String(detail.id)} />,
];

test('elements are typed in Preact', () => {
  expect(page.type).toBe('section');
  expect(wrong).toHaveLength(4);
});
