import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brotliStart, gzipStart } from '../../scripts/stream-starts.ts';
import { compressRest, REST_MAX_BYTES } from '../src/storefront/brotli.ts';
import { checksum, endGzip } from '../src/storefront/gzip.ts';

/** Texts as they are, and bytes that look like nothing. */
const bytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 3000 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 3000 }).map((text) => Buffer.from(text)),
  fc
    .array(fc.constantFrom('"verified":true,', 'kettle ', 'é', ' '), {
      minLength: 1,
      maxLength: 600,
    })
    .map((words) => Buffer.from(words.join(''))),
);

async function brotli(start: string, rest: Uint8Array): Promise<Buffer> {
  const tail = compressRest(Buffer.from(start), rest);
  return brotliDecompressSync(Buffer.concat([await brotliStart(start), tail]));
}

async function gzip(start: string, rest: Uint8Array): Promise<Buffer> {
  const length = Buffer.byteLength(start) + rest.length;
  const sum = checksum(rest, checksum(Buffer.from(start)));
  return gunzipSync(Buffer.concat([await gzipStart(start), await endGzip(rest, sum, length)]));
}

describe.each([
  ['brotli', brotli],
  ['gzip', gzip],
])('a stream of %s that is gone on with', (_, read) => {
  test('reads as the two texts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), bytes, async (start, rest) => {
        expect(await read(start, rest)).toEqual(Buffer.concat([Buffer.from(start), rest]));
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test.each([1, 2, 3, REST_MAX_BYTES - 1, REST_MAX_BYTES])(
    'reads as the two texts where %i bytes follow',
    async (length) => {
      const words = Array.from({ length: length / 8 + 1 }, (_, at) => `set ${at % 97},`);
      const rest = Buffer.from(words.join('')).subarray(0, length);
      const start = 'the loader and its settings '.repeat(2500);
      expect(await read(start, rest)).toEqual(Buffer.concat([Buffer.from(start), rest]));
    },
  );

  test('reads as the two texts where one byte is all that follows', async () => {
    const rest = Buffer.alloc(20_000, 'a');
    expect(await read('b', rest)).toEqual(Buffer.concat([Buffer.from('b'), rest]));
  });
});

test('what was compressed beforehand stays as small as it was, and serves what follows', async () => {
  const text = 'const settings = (value) => value; '.repeat(100);
  expect((await brotliStart(text)).length).toBeLessThan(100);
  const rest = Buffer.from('(value) => value; const settings = ');
  expect(compressRest(Buffer.from(text), rest).length).toBeLessThan(30);
});

test('what follows becomes about as small as gzip would make it', () => {
  const reviews = Array.from({ length: 60 }, (_, at) => ({
    id: (at * 0x9e37_79b1).toString(16),
    verified: at % 3 > 0,
    body: ['Loud', 'warm', 'solid', 'as drawn', 'kettle'].slice(at % 4).join(` ${at} `),
  }));
  const rest = Buffer.from(JSON.stringify(reviews));
  expect(compressRest(Buffer.from('!'), rest).length).toBeLessThan(gzipSync(rest).length * 1.05);
});
