import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createShopKeys } from './shop-keys.ts';

const seals = new Map([
  [1, randomBytes(32)],
  [2, randomBytes(32)],
]);
const index = randomBytes(32);
const keys = createShopKeys(7, seals, index);
const place = { column: 'reviews.email', row: 'a1' } as const;

describe('CR02: a sealed value', () => {
  const sealed = keys.seal(place, 'mara@example.com');

  test('opens where it was sealed, and says with which key', () => {
    expect(keys.open(place, sealed)).toBe('mara@example.com');
    expect(sealed).toMatch(/^v2\.[\w-]+$/);
  });

  test('opens in no other row, column or shop, and with no other key', () => {
    const open = (own: typeof keys, at: Parameters<typeof keys.open>[0]) => () =>
      own.open(at, sealed);
    expect(open(keys, { ...place, row: 'a2' })).toThrow('does not open');
    expect(open(keys, { ...place, column: 'questions.email' })).toThrow('does not open');
    expect(open(createShopKeys(8, seals, index), place)).toThrow('does not open');
    expect(open(createShopKeys(7, new Map([[2, randomBytes(32)]]), index), place)).toThrow(
      'does not open',
    );
  });

  test('does not open once any of its letters is another', () => {
    for (let at = 3; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
      expect(() => keys.open(place, changed)).toThrow('does not open');
    }
    expect(() => keys.open(place, sealed.slice(0, 20))).toThrow('does not open');
    expect(() => keys.open(place, 'mara@example.com')).toThrow('no data key 0');
  });

  test('is another each time', () => {
    const many = Array.from({ length: 1000 }, () => keys.seal(place, 'mara@example.com'));
    expect(new Set(many).size).toBe(1000);
  });

  test('of an older key still opens', () => {
    const before = createShopKeys(7, new Map([...seals].slice(0, 1)), index);
    expect(keys.open(place, before.seal(place, 'x'))).toBe('x');
  });
});

test('an address is found however it is written, in its own shop only', () => {
  const other = createShopKeys(8, seals, randomBytes(32));
  expect(keys.addressHash(' Mara@Example.com')).toBe(keys.addressHash('mara@example.com'));
  expect(keys.addressHash('mara@example.com')).not.toBe(other.addressHash('mara@example.com'));
  expect(keys.addressHash('x')).not.toBe(keys.digest('x'));
});
