import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { chooseCoding, encodeBody, encodeOnce } from './content-coding.ts';

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, BR', 'br'],
  ['gzip;q=1.0, br;q=0', 'gzip'],
  ['*;q=0', 'identity'],
  ['*, br;q=0', 'gzip'],
  ['deflate', 'identity'],
  ['br;q=nonsense', 'identity'],
])('Accept-Encoding: %s is answered with %s', (field, coding) => {
  expect(chooseCoding(field)).toBe(coding);
});

test.each([
  ['br', brotliDecompressSync],
  ['gzip', gunzipSync],
] as const)(
  '%s gives back what it was made of, also when that is large',
  async (coding, decode) => {
    for (const length of [256, 70_000]) {
      const body = Buffer.from('review '.repeat(length).slice(0, length));
      const encoded = await encodeBody(body, coding);
      expect(encoded.coding).toBe(coding);
      expect(decode(encoded.bytes)).toEqual(body);
    }
  },
);

test('the same body is compressed once for each coding', async () => {
  const body = Buffer.from('review '.repeat(100));
  const first = await encodeOnce('a-digest', body, 'br');
  expect(await encodeOnce('a-digest', body, 'br')).toBe(first);
  expect((await encodeOnce('a-digest', body, 'gzip')).coding).toBe('gzip');
  expect((await encodeOnce('another', body, 'br')).bytes).not.toBe(first.bytes);
});

test('what is too small to gain stays as it is, and is called so', async () => {
  const body = Buffer.from('x'.repeat(255));
  expect(await encodeBody(body, 'br')).toEqual({ coding: 'identity', bytes: body });
});
