/** @jsxImportSource vue */
/** What must compile in Vue, and what must not: every mark below is an error that the compiler has to find. */
import { Fragment } from 'vue';
import { expect, test } from 'vitest';
import type { PlauditVueElements } from '../index.ts';

declare module 'vue/jsx-runtime' {
  namespace JSX {
    interface IntrinsicElements extends PlauditVueElements {}
  }
}

const page = (
  <>
    <plaudit-rating product="42" />
    <plaudit-reviews
      key="reviews"
      class="wide"
      product="42"
      layout="grid"
      onPlaudit:ready={({ detail }) => String(detail.product)}
    />
    <plaudit-badge href="/reviews" />
    <plaudit-tab hidden />
  </>
);

const wrong = [
  // @ts-expect-error -- a rating is about a product
  <plaudit-rating key="1" />,
  // @ts-expect-error -- there is no such layout
  <plaudit-reviews key="2" layout="table" />,
  // @ts-expect-error -- a product id is text
  <plaudit-carousel key="3" product={42} />,
  // @ts-expect-error -- what is ready has no id
  <plaudit-gallery key="4" onPlaudit:ready={({ detail }) => String(detail.id)} />,
];

test('elements are typed in Vue', () => {
  expect(page.type).toBe(Fragment);
  expect(wrong).toHaveLength(4);
});
