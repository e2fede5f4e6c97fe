import { brotliDecompressSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { brotliStart } from '../../scripts/brotli-start.ts';
import { appendUncompressed } from '../src/storefront/brotli.ts';

const encoder = new TextEncoder();
const read = (stream: ArrayBuffer): string => brotliDecompressSync(Buffer.from(stream)).toString();

test('a stream that is gone on with reads as the two texts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (a, b) => {
      const [start, rest] = [Buffer.from(a).toString(), Buffer.from(b).toString()];
      const stream = appendUncompressed(await brotliStart(start), encoder.encode(rest));
      expect(read(stream)).toBe(start + rest);
    }),
    { numRuns: 200 },
  );
});

test.each([65_535, 65_536, 65_537, 200_000])(
  'what follows may be %i bytes long',
  async (length) => {
    const rest = 'settings'.repeat(length).slice(0, length);
    const stream = appendUncompressed(await brotliStart('the loader'), encoder.encode(rest));
    expect(read(stream)).toBe(`the loader${rest}`);
  },
);

test('what was compressed beforehand stays as small as it was', async () => {
  const text = 'const settings = (value) => value; '.repeat(100);
  const start = await brotliStart(text);
  expect(start.length).toBeLessThan(100);
  expect(appendUncompressed(start, encoder.encode('{}')).byteLength).toBe(start.length + 3 + 2 + 1);
});
