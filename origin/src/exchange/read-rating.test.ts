import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RATING_SCALES, readRating } from './read-rating.ts';

test.each([
  ['5', 5, 5],
  ['4.5', 5, 5],
  ['4,4', 5, 4],
  ['0.5', 5, 1],
  ['3/5', 5, 3],
  ['8/10', 5, 4],
  [' 9 / 10 ', 5, 5],
  ['1', 10, 1],
  ['2', 10, 1],
  ['3', 10, 2],
  ['7', 10, 4],
  ['10', 10, 5],
  ['80', 100, 4],
])('%j on a scale to %i is %i stars', (text, scale, stars) => {
  expect(readRating(text, scale as 5)).toBe(stars);
});

test.each(['0', '-1', '6', '11/10', '80', 'five', '', '5 stars', 'NaN', '1e1', '０'])(
  '%j on a scale to 5 is no rating',
  (text) => {
    expect(readRating(text, 5)).toBeUndefined();
  },
);

test('gives whole stars or nothing, and never fewer stars for more points', () => {
  fc.assert(
    fc.property(fc.constantFrom(...RATING_SCALES), fc.nat(1000), fc.nat(1000), (scale, a, b) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((n) =>
        readRating(String(n / 10), scale),
      );
      for (const stars of [less, more]) expect([undefined, 1, 2, 3, 4, 5]).toContain(stars);
      // Nothing at all comes for zero points and above the scale only.
      const isInside = Math.min(a, b) > 0 && Math.max(a, b) <= scale * 10;
      expect(!isInside || (less ?? 0) <= (more ?? -1)).toBe(true);
    }),
  );
});
