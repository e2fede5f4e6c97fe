import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signDigests } from '../../scripts/sign-digests.mjs';

const LIST = 'integrity-AbCd_-12.json';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plaudit-digests-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('WJ06: the list of digests', () => {
  test('is signed, and no other list has that signature', () => {
    const list = '{"/assets/reviews-AbCd_-12.js": "sha384-x"}';
    writeFileSync(join(folder, LIST), list);
    writeFileSync(join(folder, 'reviews-AbCd_-12.js'), '');
    expect(signDigests(folder, pem)).toEqual([LIST]);
    expect(readdirSync(folder).toSorted()).toEqual(
      [LIST, `${LIST}.sig`, 'reviews-AbCd_-12.js'].toSorted(),
    );
    const signature = readFileSync(join(folder, `${LIST}.sig`));
    expect(signature).toHaveLength(64);
    expect(verify(null, Buffer.from(list), publicKey, signature)).toBe(true);
    expect(verify(null, Buffer.from(list.replace('-x', '-y')), publicKey, signature)).toBe(false);
    const { publicKey: foreign } = generateKeyPairSync('ed25519');
    expect(verify(null, Buffer.from(list), foreign, signature)).toBe(false);
  });

  test('is not signed by a key of another kind, nor where there is none', () => {
    const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const otherPem = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => signDigests(folder, pem)).toThrow(/no list/);
    writeFileSync(join(folder, LIST), '{}');
    expect(() => signDigests(folder, otherPem)).toThrow(/must be Ed25519, not ec/);
    expect(() => signDigests(folder, 'no key')).toThrow(/DECODER/);
    expect(readdirSync(folder)).toEqual([LIST]);
  });
});
