import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { createFileProvider } from './key-file.ts';
import { KeysUnavailableError } from './key-provider.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const purpose = { shopId: 1, kind: 'seal' } as const;
const open = (name: string, isEmpty = true) =>
  createFileProvider(join(folder, name), () => Promise.resolve(isEmpty));

test('the file is made at the first use, for its owner only, by one of many', async () => {
  const made = await Promise.all(
    Array.from({ length: 8 }, () => open('new/data.key').makeKey(purpose)),
  );
  expect(readdirSync(join(folder, 'new'))).toEqual(['data.key']);
  expect(statSync(join(folder, 'new/data.key')).mode & 0o777).toBe(0o600);
  for (const { key, wrapped } of made) {
    expect(await open('new/data.key').unwrapKey(wrapped, purpose)).toEqual(key);
    expect(wrapped).not.toContain(key.toString('base64url'));
  }
});

test('a wrapped key unwraps for its shop and kind only', async () => {
  const { wrapped } = await open('one.key').makeKey(purpose);
  const provider = open('one.key');
  await expect(provider.unwrapKey(wrapped, { ...purpose, shopId: 2 })).rejects.toThrow(
    'does not open',
  );
  await expect(provider.unwrapKey(wrapped, { ...purpose, kind: 'index' })).rejects.toThrow(
    'does not open',
  );
});

test('a new first line wraps, and the older ones still unwrap', async () => {
  const path = join(folder, 'two.key');
  const { key, wrapped } = await open('two.key').makeKey(purpose);
  writeFileSync(path, `${randomBytes(32).toString('base64')}\n${readFileSync(path, 'utf8')}`);
  const provider = open('two.key');
  expect(await provider.unwrapKey(wrapped, purpose)).toEqual(key);
  const again = await provider.wrapKey(key, purpose);
  expect(again.split(':')[1]).not.toBe(wrapped.split(':')[1]);
  expect(await provider.unwrapKey(again, purpose)).toEqual(key);
});

test('no file is made in place of one that data was sealed with', async () => {
  const lost = open('lost.key', false).makeKey(purpose);
  await expect(lost).rejects.toThrow(KeysUnavailableError);
  await expect(lost).rejects.toThrow(/lost\.key is missing/);
  expect(readdirSync(folder)).not.toContain('lost.key');
  const { wrapped } = await open('a.key').makeKey(purpose);
  await open('b.key').makeKey(purpose);
  await expect(open('b.key').unwrapKey(wrapped, purpose)).rejects.toThrow(/does not hold the key/);
});

test.each(['', 'secret\n', `${randomBytes(16).toString('base64')}\n`])(
  'a file that holds %j is no key file',
  async (text) => {
    writeFileSync(join(folder, 'bad.key'), text);
    await expect(open('bad.key').makeKey(purpose)).rejects.toThrow(/holds no key/);
  },
);
