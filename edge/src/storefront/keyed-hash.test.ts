import { expect, test } from 'vitest';
import { createKeyedHash, halfSipHash } from './keyed-hash.ts';

const hex = (halves: readonly number[]): string => {
  const bytes = new DataView(new ArrayBuffer(8));
  for (const [index, half] of halves.entries()) bytes.setUint32(4 * index, half, true);
  return [...new Uint8Array(bytes.buffer)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
};

// The reference implementation's vectors: key 00 to 07, messages 00, 00 01, …
test.each([
  [0, '218d1f59b9b83cc8'],
  [1, 'be552412f8387315'],
  [3, 'ce0f1a45f7060679'],
  [4, 'd5e78a175be52ea1'],
  [8, 'edfee820bce4858c'],
])('hashes %i bytes as the reference implementation does', (length, expected) => {
  const message = Uint8Array.from({ length }, (_, index) => index);
  expect(hex(halfSipHash([0x03020100, 0x07060504], message))).toBe(expected);
});

test('tells every address of a network from every other, differently in each isolate', () => {
  const [one, other] = [createKeyedHash(), createKeyedHash()];
  const addresses = Array.from({ length: 16_384 }, (_, n) => `192.0.${n >> 8}.${n & 255}`);
  const hashes = new Set(addresses.map(one));
  expect(hashes.size).toBe(addresses.length);
  expect(addresses.filter((address) => hashes.has(other(address)))).toEqual([]);
  expect(addresses.every((address) => one(address) <= Number.MAX_SAFE_INTEGER)).toBe(true);
});
