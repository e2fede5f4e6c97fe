import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { newHeader, seal, unseal } from './seal.ts';

const key = randomBytes(32);
const header = newHeader(key, { createdAt: new Date(0), migration: 7 });
const CHUNK = 64 * 1024;

const sealed = async (content: Buffer, pieces = 10_000): Promise<Buffer> => {
  const parts = [];
  for (let at = 0; at < content.length; at += pieces) parts.push(content.subarray(at, at + pieces));
  return buffer(seal(Readable.from(parts), key, header));
};
const opened = async (file: Buffer, withKey = key, pieces = 7001): Promise<Buffer> => {
  const parts = [];
  for (let at = 0; at < file.length; at += pieces) parts.push(file.subarray(at, at + pieces));
  return buffer(unseal(Readable.from(parts), withKey));
};

describe('what is sealed', () => {
  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_000])(
    'is what is opened, at %d bytes',
    async (size) => {
      const content = randomBytes(size);
      for (const pieces of [999, CHUNK, 1_000_000]) {
        expect((await opened(await sealed(content, pieces))).equals(content)).toBe(true);
      }
    },
  );

  const content = randomBytes(2 * CHUNK + 500);
  const frame = CHUNK + 5 + 16;

  test('is never the same twice', async () => {
    const other = newHeader(key, { createdAt: new Date(0), migration: 7 });
    const again = await buffer(seal(Readable.from([content]), key, other));
    expect(again.subarray(-100).equals((await sealed(content)).subarray(-100))).toBe(false);
  });

  test('is refused with another key, by a message that says so', async () => {
    await expect(opened(await sealed(content), randomBytes(32))).rejects.toThrow('another key');
  });

  test('is refused wherever a bit is turned over', async () => {
    const file = await sealed(content);
    const end = file.indexOf('\n') + 1;
    const places = [0, end - 3, end, end + 1, end + 4, end + 5, end + 5 + CHUNK, end + frame];
    for (const place of [...places, file.length - 1, file.length - 17, file.length - 300]) {
      const changed = Buffer.from(file);
      changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
      await expect(opened(changed), `byte ${place}`).rejects.toThrow(/damaged|not a backup|format/);
    }
  });

  test('is refused wherever it is cut off, between chunks too', async () => {
    const file = await sealed(content);
    const end = file.indexOf('\n') + 1;
    const places = [0, 5, end - 1, end, end + 3, end + frame, end + 2 * frame, file.length - 1];
    for (const place of places) {
      await expect(opened(file.subarray(0, place)), `${place} bytes`).rejects.toThrow(/damaged/);
    }
  });

  test('is refused with its chunks in another order, one left out, one twice, or more behind', async () => {
    const file = await sealed(content);
    const end = file.indexOf('\n') + 1;
    const [head, one, two, last] = [
      file.subarray(0, end),
      file.subarray(end, end + frame),
      file.subarray(end + frame, end + 2 * frame),
      file.subarray(end + 2 * frame),
    ];
    for (const parts of [
      [two, one, last],
      [one, last],
      [one, one, two, last],
      [one, two, last, last],
    ]) {
      await expect(opened(Buffer.concat([head, ...parts]))).rejects.toThrow(/damaged/);
    }
  });

  test('is refused under the first line of another', async () => {
    const other = newHeader(key, { createdAt: new Date(1), migration: 7 });
    const file = await sealed(content);
    const head = Buffer.from(`PLAUDIT-BACKUP ${JSON.stringify({ ...other, salt: header.salt })}\n`);
    const swapped = Buffer.concat([head, file.subarray(file.indexOf('\n') + 1)]);
    await expect(opened(swapped)).rejects.toThrow(/damaged/);
  });
});
