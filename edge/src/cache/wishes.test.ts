import { describe, expect, test } from 'vitest';
import { asWished, NO_WISHES, readWishes } from './wishes.ts';

const NOW = 1_000_000;
const entry = (
  more: Partial<{ ageSeconds: number; ttlSeconds: number; staleAllowed: boolean }> = {},
) => ({
  cachedAt: NOW - (more.ageSeconds ?? 10) * 1000,
  staleAt: NOW + (more.ttlSeconds ?? 50) * 1000,
  staleAllowed: more.staleAllowed ?? true,
});
const wish = (value: string) => readWishes(new Headers({ 'cache-control': value }));

describe('a fresh answer, ten seconds old, fresh for fifty more', () => {
  test.each([
    ['no-cache', 'expired'],
    ['max-age=0', 'expired'],
    ['max-age=9', 'expired'],
    ['max-age=10', 'fresh'],
    ['max-age=soon', 'expired'],
    ['min-fresh=51', 'expired'],
    ['min-fresh=50', 'fresh'],
    ['max-stale', 'fresh'],
    ['something-else', 'fresh'],
  ])('to a client that says %s is %s', (value, expected) => {
    expect(asWished('fresh', entry(), wish(value), NOW)).toBe(expected);
  });
});

describe('an answer ten seconds past its time', () => {
  test.each([
    ['max-stale', true, 'fresh'],
    ['max-stale=10', true, 'fresh'],
    ['max-stale=9', true, 'expired'],
    ['max-stale', false, 'expired'],
    ['min-fresh=0', true, 'expired'],
  ])('to a client that says %s, stale use allowed: %s, is %s', (value, staleAllowed, expected) => {
    const late = entry({ ttlSeconds: -10, staleAllowed });
    expect(asWished('expired', late, wish(value), NOW)).toBe(expected);
  });
});

test('Pragma counts only where there is no Cache-Control', () => {
  expect(readWishes(new Headers({ pragma: 'no-cache' })).noCache).toBe(true);
  expect(readWishes(new Headers({ pragma: 'no-cache', 'cache-control': 'x' })).noCache).toBe(false);
  expect(readWishes(new Headers({ pragma: 'foo' }))).toBe(NO_WISHES);
  expect(readWishes(new Headers())).toBe(NO_WISHES);
});

test('what is gone stays gone whatever is wished', () => {
  expect(asWished('gone', entry(), wish('max-stale'), NOW)).toBe('gone');
});
