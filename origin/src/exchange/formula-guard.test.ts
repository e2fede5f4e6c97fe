import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { guardFormula, unguardFormula } from './formula-guard.ts';

const cell = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.stringMatching(/^['=+\-@\t\r\n＝]{0,4}$/), fc.string())
    .map((parts) => parts.join('')),
);

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  '＋1',
  '－1',
  '＠1',
  "'=1",
])('%j is made text', (text) => {
  expect(guardFormula(text)).toBe(`'${text}`);
});

test.each(["it's fine", "'quoted'", '', '5', 'a=b'])('%j stays as it is', (text) => {
  expect(guardFormula(text)).toBe(text);
  expect(unguardFormula(text)).toBe(text);
});

test('UG06: no guarded cell starts a formula, and each comes back as it was', () => {
  fc.assert(
    fc.property(cell, (text) => {
      expect(guardFormula(text)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      expect(unguardFormula(guardFormula(text))).toBe(text);
    }),
  );
});
