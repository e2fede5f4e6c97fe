import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInbox, FileTooLargeError, type Inbox } from './inbox.ts';

let folder: string;
let inbox: Inbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plaudit-inbox-'));
  inbox = createInbox(join(folder, 'inbox'), 1000);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
const readAll = async (name: string, key: string): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of inbox.open(name, key)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

test('gives back what it was given, and keeps nothing of it in clear', async () => {
  const { name, key, digest } = await inbox.receive(pieces('mara@', 'example.com'));
  expect(await readAll(name, key)).toBe('mara@example.com');
  const kept = readFileSync(join(inbox.folder, name));
  expect(kept.includes('mara') || kept.includes(Buffer.from(key, 'base64url'))).toBe(false);
  expect(statSync(join(inbox.folder, name)).mode & 0o077).toBe(0);
  expect((await inbox.list()).map((file) => file.name)).toEqual([name]);
  const again = await inbox.receive(pieces('mara@example', '.com'));
  expect([again.digest, again.key === key]).toEqual([digest, false]);
  await inbox.remove(name);
  await inbox.remove(again.name);
  expect(await inbox.list()).toEqual([]);
});

test('breaks off before the end of a file that was changed or cut', async () => {
  const { name, key } = await inbox.receive(pieces('a file'));
  const path = join(inbox.folder, name);
  const whole = readFileSync(path);
  for (const damaged of [whole.map((byte, n) => (n === 2 ? byte ^ 1 : byte)), whole.subarray(1)]) {
    writeFileSync(path, damaged);
    await expect(readAll(name, key)).rejects.toThrow(/authenticate/);
  }
  await inbox.remove(name);
  await expect(readAll(name, key)).rejects.toThrow(/ENOENT/);
});

test('leaves nothing of a file that is too long, or that does not come to its end', async () => {
  const long = 'x'.repeat(600);
  await expect(inbox.receive(pieces(long, long))).rejects.toThrow(FileTooLargeError);
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half');
    throw new Error('gone');
  }
  await expect(inbox.receive(broken())).rejects.toThrow('gone');
  expect(await inbox.list()).toEqual([]);
});

test('sees nothing in its folder that is none of its files', async () => {
  writeFileSync(join(inbox.folder, 'process.lock'), '');
  expect(await inbox.list()).toEqual([]);
});
