import { expect, test } from 'vitest';
import { parseDirectives } from './directives.ts';
import { partOf } from './range.ts';

/** What recheck finds to be the worst for how the fields were read before. */
const DIRECTIVES = [
  (n: number) => `x${'x'.repeat(n)}=${' '.repeat(n)}\\${'\\\\'.repeat(n)}\\"x`,
  (n: number) => `a="${'\\"'.repeat(n)}`,
  (n: number) => `a${' '.repeat(n)}b`,
  (n: number) => '"'.repeat(n + (n % 2) + 1),
  (n: number) => '"a",'.repeat(n / 4),
  (n: number) => `${';'.repeat(n)}"`,
];
const RANGES = [
  (n: number) => `bytes=${'\t'.repeat(n)}-${'\t'.repeat(n)}\t0-`,
  (n: number) => `bytes=${'1'.repeat(n)}${' '.repeat(n)}x`,
];

/**
 * The time of one sixteen times as long over that of another, the best of some tries: 16 where it is linear, 256
 * and more where it is not. A busy machine makes the longer one three times as slow, and no bound tells of that.
 */
function growth(run: (n: number) => void, n: number): number {
  const best = (size: number) =>
    Math.min(
      ...Array.from({ length: 7 }, () => {
        const before = performance.now();
        run(size);
        return performance.now() - before;
      }),
    );
  return best(16 * n) / Math.max(best(n), 1);
}

test.each(DIRECTIVES)(
  'UG05: directives are read in linear time, whatever they are (%#)',
  (write) => {
    expect(growth((n) => parseDirectives(write(n)), 20_000)).toBeLessThan(128);
  },
);

test.each(RANGES)('UG05: ranges are read in linear time, whatever they are (%#)', (write) => {
  const asked = (n: number) => ({ get: (name: string) => (name === 'range' ? write(n) : null) });
  expect(growth((n) => partOf(asked(n) as Headers, {}, 10, 0), 20_000)).toBeLessThan(128);
});

test.each([
  ['max-age="60, no-store', { '60': true, 'no-store': true }],
  ['"no-store"', {}],
  ['; "q" foo', { foo: true }],
  ['=x, a = b;c, d="e,f"g, h=i"j"', { x: true, a: 'b;c', d: 'e,f', h: 'i' }],
  ['a=, b="", c', { a: '', b: '', c: true }],
])('%s is read as before', (value, directives) => {
  expect(Object.fromEntries(parseDirectives(value))).toEqual(directives);
});
