import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startKms, type StandInKms } from '../../test/kms.ts';
import { createKmsProvider, type KmsConfig } from './aws-kms.ts';
import { createFileProvider } from './key-file.ts';
import type { KeyPurpose } from './key-provider.ts';
import { openProvider } from './open-provider.ts';

const purpose: KeyPurpose = { shopId: 7, kind: 'seal' };
const DEADLINE_MS = 300;

let kms: StandInKms;
let config: KmsConfig;

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'of-a-test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'of-a-test');
});
afterAll(() => {
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  kms = await startKms('first', 'second');
  config = { keyId: 'first', region: 'eu-central-1', endpoint: kms.url };
});
afterEach(() => kms.close());

describe('a key of KMS', () => {
  test('makes data keys and unwraps them again', async () => {
    const provider = createKmsProvider(config);
    const { key, wrapped } = await provider.makeKey(purpose);
    expect(key).toHaveLength(32);
    expect(wrapped).toMatch(/^kms:[0-9a-f]{16}:[\w-]+$/);
    expect(wrapped).not.toContain(key.toString('base64url'));
    expect(await provider.unwrapKey(wrapped, purpose)).toEqual(key);
    const again = await provider.wrapKey(key, purpose);
    expect(await provider.unwrapKey(again, purpose)).toEqual(key);
  });

  test('CR03: names shop and kind as the encryption context, and unwraps for nothing else', async () => {
    const provider = createKmsProvider(config);
    const { wrapped } = await provider.makeKey(purpose);
    const context = { application: 'plaudit', shop: '7', kind: 'seal' };
    expect(kms.asked).toEqual([{ operation: 'GenerateDataKey', context }]);
    for (const other of [
      { ...purpose, shopId: 8 },
      { ...purpose, kind: 'index' as const },
    ]) {
      await expect(provider.unwrapKey(wrapped, other)).rejects.toMatchObject({ isRefused: true });
    }
  });

  test('unwraps what the key before it had wrapped', async () => {
    const { key, wrapped } = await createKmsProvider(config).makeKey(purpose);
    const next = createKmsProvider({ ...config, keyId: 'second' });
    expect(await next.unwrapKey(wrapped, purpose)).toEqual(key);
    const [, before] = wrapped.split(':');
    const [, after] = (await next.wrapKey(key, purpose)).split(':');
    expect(after).not.toBe(before);
  });

  test('takes over from a key file, which goes on unwrapping', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plaudit-'));
    try {
      const keyFile = join(folder, 'data.key');
      const { key, wrapped } = await createFileProvider(keyFile, async () => true).makeKey(purpose);
      const both = openProvider({ keyFile, kms: config }, async () => true);
      expect(await both.unwrapKey(wrapped, purpose)).toEqual(key);
      const moved = await both.wrapKey(key, purpose);
      expect(moved).toMatch(/^kms:/);
      expect(await both.unwrapKey(moved, purpose)).toEqual(key);
      const file = openProvider({ keyFile }, async () => true);
      await expect(file.unwrapKey(moved, purpose)).rejects.toThrow('KMS_KEY_ID is missing');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('KMS that fails', () => {
  test.each([
    'AccessDeniedException',
    'DisabledException',
    'KMSInvalidStateException',
    'NotFoundException',
  ])('with %s has said no', async (error) => {
    kms.fault = { error, status: 400 };
    const asking = createKmsProvider(config).makeKey(purpose);
    await expect(asking).rejects.toMatchObject({ isRefused: true });
    await expect(asking).rejects.toThrow(`KMS gave no key: ${error}.`);
    expect(kms.asked).toHaveLength(1);
  });

  test.each([
    ['KMSInternalException', 500],
    ['ThrottlingException', 400],
    ['DependencyTimeoutException', 500],
  ])('with %s is only away, after some attempts', async (error, status) => {
    kms.fault = { error, status };
    const asking = createKmsProvider(config).makeKey(purpose);
    await expect(asking).rejects.toMatchObject({ isRefused: false });
    expect(kms.asked.length).toBeGreaterThan(1);
  });

  test('once only is not noticed', async () => {
    kms.fault = { error: 'ThrottlingException', status: 400, times: 1 };
    const { key } = await createKmsProvider(config).makeKey(purpose);
    expect(key).toHaveLength(32);
    expect(kms.asked).toHaveLength(2);
  });

  test.each(['hang', 'cut'] as const)(
    'by a connection that is left to %s is away',
    async (fault) => {
      kms.fault = fault;
      const asking = createKmsProvider(config, DEADLINE_MS).makeKey(purpose);
      await expect(asking).rejects.toMatchObject({ isRefused: false });
    },
  );

  test('for want of anybody there is away', async () => {
    await kms.close();
    const asking = createKmsProvider(config).makeKey(purpose);
    await expect(asking).rejects.toMatchObject({ isRefused: false });
  });

  test('tells nothing of the account it is in', async () => {
    kms.fault = { error: 'AccessDeniedException', status: 400 };
    const asking = createKmsProvider(config).makeKey(purpose);
    await expect(asking).rejects.toThrow(/^KMS gave no key: AccessDeniedException\.$/);
  });
});
