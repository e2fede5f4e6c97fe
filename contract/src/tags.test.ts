import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { productTag, questionsTag, ratingsTag, reviewsTag, settingsTag, shopTag } from './tags.ts';

describe('cache tags', () => {
  test('name what an answer was made of', () => {
    expect(shopTag('acme')).toBe('shop:acme');
    expect(productTag('acme', '42')).toBe('product:acme:42');
    expect(ratingsTag('acme', 7)).toBe('ratings:acme:7');
    expect(reviewsTag('acme')).toBe('reviews:acme');
    expect(settingsTag('acme')).toBe('settings:acme');
    expect(questionsTag('acme', '42')).toBe('questions:acme:42');
  });

  test('are short printable ASCII without separators, whatever the id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 255 }), (id) => {
        const tag = productTag('acme', id);
        expect(tag).toMatch(/^product:acme:[a-z0-9._-]*$/);
        expect(tag.length).toBeLessThan(1024);
      }),
    );
  });

  test('differ for ids that differ, even where caches ignore case', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (one, other) => {
        fc.pre(one !== other);
        expect(productTag('acme', one).toLowerCase()).not.toBe(
          productTag('acme', other).toLowerCase(),
        );
      }),
    );
    expect(productTag('acme', 'A')).not.toBe(productTag('acme', 'a'));
    expect(productTag('a', 'b:c')).not.toBe(productTag('a:b', 'c'));
  });

  test('differ for long ids that begin alike', () => {
    expect(productTag('acme', `${'é'.repeat(250)}1`)).not.toBe(
      productTag('acme', `${'é'.repeat(250)}2`),
    );
  });
});
