/** What must compile in Svelte, and what must not: every mark below is an error that the compiler has to find. */
import type { SvelteHTMLElements } from 'svelte/elements';
import { expect, test } from 'vitest';
import type { PlauditElements } from '../index.ts';

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends PlauditElements {}
}

const reviews: SvelteHTMLElements['plaudit-reviews'] = {
  class: 'wide',
  product: '42',
  layout: 'grid',
  'onplaudit:ready': ({ detail }) => String(detail.product),
};
// @ts-expect-error -- a rating is about a product
const rating: SvelteHTMLElements['plaudit-rating'] = {};
// @ts-expect-error -- there is no such layout
const table: SvelteHTMLElements['plaudit-reviews'] = { layout: 'table' };

test('elements are typed in Svelte', () => {
  expect([reviews, rating, table]).toHaveLength(3);
});
