import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { makeRenditions } from './make-renditions.ts';

const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } });
const sizeOf = async (bytes: Uint8Array) => {
  const { width, height, format } = await sharp(bytes).metadata();
  return { width, height, format };
};
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

test('makes three sizes, none larger than what was sent', async () => {
  const { small, medium, large } = await makeRenditions(await plain(1200, 600).jpeg().toBuffer());
  expect(await sizeOf(small)).toEqual({ width: 320, height: 160, format: 'webp' });
  expect(await sizeOf(medium)).toEqual({ width: 960, height: 480, format: 'webp' });
  expect(await sizeOf(large)).toEqual({ width: 1200, height: 600, format: 'webp' });
});

test('UG08: holds nothing of where, when and with what it was taken, and stands upright', async () => {
  const file = await plain(40, 20)
    .withExif({
      IFD0: { Make: 'CANARY-CAMERA', Software: 'CANARY-SOFT' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const before = await sharp(file).metadata();
  expect(before.exif).toBeDefined();
  const { small, large } = await makeRenditions(file);
  for (const bytes of [small, large]) {
    const { exif, xmp, iptc, icc, width, height } = await sharp(bytes).metadata();
    expect({ exif, xmp, iptc, icc }).toEqual({});
    expect(text(bytes)).not.toContain('CANARY');
    expect([width, height]).toEqual([20, 40]);
  }
});

test('UG08: drops what stands behind the picture', async () => {
  const photo = await plain(10, 10).png().toBuffer();
  const polyglot = Buffer.concat([photo, Buffer.from('<script>alert(1)</script>')]);
  const { large } = await makeRenditions(polyglot);
  expect(text(large)).not.toContain('script');
});

test.each(['png', 'webp', 'gif', 'avif', 'tiff'] as const)('takes %s', async (format) => {
  const { small } = await makeRenditions(await plain(10, 10).toFormat(format).toBuffer());
  expect(await sizeOf(small)).toMatchObject({ format: 'webp', width: 10 });
});

/** A PNG that claims a size and holds next to nothing. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type), data]);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const end = chunk('IEND', Buffer.alloc(0));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync('')), end]);
}

describe('UG08: refuses', () => {
  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>'],
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['PDF', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'],
    ['nothing', ''],
    ['a JPEG in name only', '\u00ff\u00d8\u00ff\u00e0 no more'],
  ])('%s', async (_name, content) => {
    await expect(makeRenditions(Buffer.from(content, 'latin1'))).rejects.toThrow(/photo/);
  });

  test('a picture of a few bytes that claims a thousand million pixels', async () => {
    await expect(makeRenditions(bomb(32_000, 32_000))).rejects.toThrow('64 million pixels');
  });

  test('a file that was cut off', async () => {
    const whole = await plain(800, 800).composite([]).jpeg().toBuffer();
    await expect(makeRenditions(whole.subarray(0, 300))).rejects.toThrow(/photo/);
  });
});
