/** Keys for tests: wrapped by a key that lives as long as the process. */
import { randomBytes } from 'node:crypto';
import type { Database } from '../src/db/database.ts';
import { createVault, type Vault } from '../src/domain/keys/vault.ts';
import { DATA_KEY_BYTES, type KeyProvider, type KeyPurpose } from '../src/vault/key-provider.ts';
import { openBytes, sealBytes } from '../src/vault/seal.ts';

/** One for all: what one vault wrapped another unwraps, also in a restored database. */
const wrapping = randomBytes(DATA_KEY_BYTES);

/** A provider that needs neither a file nor a service. */
export function createMemoryProvider(): KeyProvider {
  const placeOf = ({ shopId, kind }: KeyPurpose) => [shopId, kind];
  const wrap = (key: Buffer, purpose: KeyPurpose) =>
    sealBytes(wrapping, placeOf(purpose), key).toString('base64url');
  return {
    makeKey: async (purpose) => {
      const key = randomBytes(DATA_KEY_BYTES);
      return { key, wrapped: wrap(key, purpose) };
    },
    wrapKey: async (key, purpose) => wrap(key, purpose),
    unwrapKey: async (wrapped, purpose) =>
      openBytes(wrapping, placeOf(purpose), Buffer.from(wrapped, 'base64url')),
  };
}

/** A vault for a database of a test, by the real clock. */
export const createTestVault = (db: Database): Vault =>
  createVault(db, () => new Date(), createMemoryProvider());
