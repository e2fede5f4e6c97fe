import { expect, test } from 'vitest';
import { formatPrice } from './price.ts';

test.each([
  [64, 'EUR', '€64'],
  [9.5, 'EUR', '€9.50'],
  [1200, 'GBP', '£1,200'],
  [3000, 'JPY', 'JP¥3,000'],
])('%d %s is written as %s', (amount, currency, text) => {
  expect(formatPrice({ amount, currency })).toBe(text);
});
