import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPAT_READS, compatPath } from './compat-reads.ts';

const PARTS: Readonly<Record<string, string>> = {
  appKey: 'demo',
  productId: '4 2/7',
  reviewId: '9',
};

function canonical(pattern: string, search: string): string {
  const read = COMPAT_READS.find((each) => each.pattern.endsWith(pattern));
  if (!read) throw new Error(`no ${pattern}`);
  return compatPath(read, (name) => PARTS[name] ?? '', new URLSearchParams(search));
}

describe('a compat address', () => {
  test.each([
    ['/bottomline', 'page=1&count=5&utm_source=x', '/products/demo/4%202%2F7/bottomline'],
    [
      '/reviews.json',
      'star=5&page=2&per_page=50&callback=evil',
      '/v1/widget/demo/products/4%202%2F7/reviews.json?page=2&per_page=50&star=5',
    ],
    [
      '/reviews.json',
      'sort=date&sort=rating&direction=up',
      '/v1/widget/demo/products/4%202%2F7/reviews.json?sort=date&sort=rating',
    ],
    [
      '/reviews.json',
      'sort[]=votes_up&sort[]=time',
      '/v1/widget/demo/products/4%202%2F7/reviews.json?sort%5B%5D=votes_up&sort%5B%5D=time',
    ],
    ['/bottom_lines', 'utoken=secret&page=3', '/v1/apps/demo/bottom_lines?page=3'],
    [
      '/products_information',
      'domain_keys[]=b&domain_keys[]=a',
      '/v1/widget/demo/products/products_information?domain_keys%5B%5D=b&domain_keys%5B%5D=a',
    ],
    ['/reviews/:reviewId{[0-9]+}', 'x=1', '/reviews/9'],
  ])('of %s with "%s" has one spelling', (pattern, search, expected) => {
    expect(canonical(pattern, search)).toBe(expected);
  });

  test.each([
    ['page', 'x'],
    ['page', '-1'],
    ['page', '99999999'],
    ['star', '6'],
    ['per_page', '1e3'],
    ['sort', 'a b'],
    ['direction', 'sideways'],
  ])('leaves out %s=%s', (name, value) => {
    expect(canonical('/reviews.json', `${name}=${value}`)).not.toContain('?');
  });

  test('is the same whatever else a client sends, and in whatever order', () => {
    const known = ['page=2', 'per_page=10', 'star=4', 'direction=asc'];
    const expected = canonical('/reviews.json', known.join('&'));
    const other = fc.array(fc.tuple(fc.stringMatching(/^x[a-z]*$/), fc.string()), { maxLength: 5 });
    fc.assert(
      fc.property(other, fc.shuffledSubarray(known, { minLength: 4 }), (others, shuffled) => {
        const noise = others.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
        expect(canonical('/reviews.json', [...noise, ...shuffled].join('&'))).toBe(expected);
      }),
    );
  });

  test('takes no more of a list than anyone needs', () => {
    const search = Array.from({ length: 500 }, (_, id) => `domain_keys[]=${id}`).join('&');
    const path = canonical('/products_information', search);
    expect(new URL(path, 'http://x').searchParams.size).toBe(100);
  });
});
