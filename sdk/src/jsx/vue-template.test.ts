/** What templates of Vue are checked with: every mark below is an error that the compiler has to find. */
import type { GlobalComponents } from 'vue';
import { expect, test } from 'vitest';
import type { PlauditVueComponents } from '../index.ts';

declare module 'vue' {
  interface GlobalComponents extends PlauditVueComponents {}
}

type Props<Name extends keyof PlauditVueComponents> = InstanceType<
  GlobalComponents[Name]
>['$props'];

/** `<plaudit-reviews product="42" @plaudit:ready="…">` */
const reviews: Props<'plaudit-reviews'> = {
  product: '42',
  'onPlaudit:ready': ({ detail }) => String(detail.product),
};
// @ts-expect-error -- a rating is about a product
const rating: Props<'plaudit-rating'> = {};
// @ts-expect-error -- there is no such layout
const table: Props<'plaudit-reviews'> = { layout: 'table' };

test('elements are typed in templates of Vue', () => {
  expect([reviews, rating, table]).toHaveLength(3);
});
