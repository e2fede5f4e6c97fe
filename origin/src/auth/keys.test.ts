import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cookieKeys, keepSecret, signingKeys } from './keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a secret is made once, and nobody else may read it', () => {
  const dataDir = join(folder, 'data');
  const secret = keepSecret(dataDir);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(keepSecret(dataDir)).toBe(secret);
  expect(statSync(join(dataDir, 'app-secret')).mode & 0o077).toBe(0);
});

test('a secret gives the same keys always, another one for each purpose', () => {
  const [first, second] = ['a'.repeat(32), 'b'.repeat(32)] as const;
  expect(signingKeys([first, second])).toEqual([...signingKeys([first]), ...signingKeys([second])]);
  const [key] = signingKeys([first]);
  expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' });
  const all = [key?.d, ...cookieKeys([first, second]), ...signingKeys([second]).map(({ d }) => d)];
  expect(new Set(all).size).toBe(4);
});
