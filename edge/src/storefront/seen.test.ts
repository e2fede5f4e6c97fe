import { expect, test } from 'vitest';
import { Seen } from './seen.ts';

test('knows what comes again from what comes once', () => {
  const seen = new Seen(1024);
  expect(seen.again('/a')).toBe(false);
  expect(seen.again('/b')).toBe(false);
  expect(seen.again('/a')).toBe(true);
});

test('forgets what others came after', () => {
  const seen = new Seen(1);
  expect(['/a', '/b', '/a'].map((text) => seen.again(text))).toEqual([false, false, false]);
});
