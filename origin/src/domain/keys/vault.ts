/**
 * Gives the data keys of shops, which are made when they are first needed. Unwrapped keys are kept in
 * memory for minutes; while their provider is away, for an hour. Ask before a transaction, never in
 * one: a provider that hangs must not hold a connection.
 */
import { LRUCache } from 'lru-cache';
import type { Database } from '../../db/database.ts';
import { dataKeys } from '../../db/keys-schema.ts';
import { asSystem, inShop } from '../../db/row-security.ts';
import { KeysUnavailableError, type KeyKind, type KeyProvider } from '../../vault/key-provider.ts';
import { openProvider, type VaultConfig } from '../../vault/open-provider.ts';
import { createShopKeys, type ShopKeys } from '../../vault/shop-keys.ts';
import { listKeys } from './list.ts';

/** The keys of all shops. */
export interface Vault {
  /**
   * The keys of a shop.
   * @param version the version that must be among them
   * @throws KeysUnavailableError
   */
  keysOf: (shopId: number, version?: number) => Promise<ShopKeys>;
  /**
   * Makes a key that can seal.
   * @returns it, wrapped
   * @throws KeysUnavailableError
   */
  makeSealKey: (shopId: number) => Promise<string>;
  /**
   * Wraps a key with what wraps now.
   * @throws KeysUnavailableError
   */
  rewrap: (shopId: number, kind: KeyKind, wrapped: string) => Promise<string>;
}

/** Another process may have rotated the keys meanwhile. */
const FRESH_MS = 5 * 60_000;
/** So long the provider may be away without anybody noticing. */
export const KEEP_MS = 60 * 60_000;
/** Who has just failed is not asked again at once. */
const PAUSE_MS = 5000;
const SHOPS_MAX = 1000;

/** Opens the vault that the configuration names. */
export const openVault = (db: Database, now: () => Date, config: VaultConfig): Vault =>
  createVault(
    db,
    now,
    openProvider(config, () => hasNoKeys(db)),
  );

async function hasNoKeys(db: Database): Promise<boolean> {
  const some = await asSystem(db, async (tx) =>
    tx.select({ version: dataKeys.version }).from(dataKeys).limit(1),
  );
  return some.length === 0;
}

interface Kept {
  keys: ShopKeys;
  loadedAtMs: number;
}

/** Makes a vault. */
export function createVault(db: Database, now: () => Date, provider: KeyProvider): Vault {
  const kept = new LRUCache<number, Kept>({ max: SHOPS_MAX });
  const loading = new Map<number, Promise<ShopKeys>>();
  let pausedUntilMs = 0;
  let pausedBy: unknown;

  async function load(shopId: number): Promise<ShopKeys> {
    if (now().getTime() < pausedUntilMs) throw pausedBy;
    try {
      const keys = await loadKeys(db, now, provider, shopId);
      kept.set(shopId, { keys, loadedAtMs: now().getTime() });
      return keys;
    } catch (error) {
      if (isAway(error)) {
        pausedUntilMs = now().getTime() + PAUSE_MS;
        pausedBy = error;
      } else if (error instanceof KeysUnavailableError) kept.delete(shopId);
      throw error;
    }
  }

  function loadOnce(shopId: number): Promise<ShopKeys> {
    const under = loading.get(shopId);
    if (under) return under;
    const begun = load(shopId).finally(() => loading.delete(shopId));
    loading.set(shopId, begun);
    return begun;
  }

  return {
    keysOf: async (shopId, version = 0) => {
      const found = kept.get(shopId);
      const ageMs = found ? now().getTime() - found.loadedAtMs : 0;
      const usable = found && found.keys.version >= version ? found.keys : undefined;
      if (usable && ageMs < FRESH_MS) return usable;
      try {
        return await loadOnce(shopId);
      } catch (error) {
        if (usable && ageMs < KEEP_MS && isAway(error)) return usable;
        throw error;
      }
    },
    makeSealKey: async (shopId) => (await provider.makeKey({ shopId, kind: 'seal' })).wrapped,
    rewrap: async (shopId, kind, wrapped) => {
      const purpose = { shopId, kind };
      return provider.wrapKey(await provider.unwrapKey(wrapped, purpose), purpose);
    },
  };
}

/** Whether nothing was said against using what is kept. */
const isAway = (error: unknown): boolean =>
  error instanceof KeysUnavailableError && !error.isRefused;

async function loadKeys(
  db: Database,
  now: () => Date,
  provider: KeyProvider,
  shopId: number,
): Promise<ShopKeys> {
  let rows = await listKeys(db, shopId);
  const missing = (['seal', 'index'] as const).filter(
    (kind) => !rows.some((row) => row.kind === kind),
  );
  if (missing.length > 0) {
    await makeFirstKeys(db, now(), provider, shopId, missing);
    rows = await listKeys(db, shopId);
  }
  const unwrapped = await Promise.all(
    rows.map(async ({ kind, version, wrapped }) => ({
      kind,
      version,
      key: await provider.unwrapKey(wrapped, { shopId, kind }),
    })),
  );
  const index = unwrapped.find(({ kind }) => kind === 'index');
  if (!index) throw new Error('The shop has no index key.');
  const seals = unwrapped.filter(({ kind }) => kind === 'seal');
  return createShopKeys(
    shopId,
    new Map(seals.map(({ version, key }) => [version, key])),
    index.key,
  );
}

/** Of several processes that make the first keys at once, one makes those that count. */
async function makeFirstKeys(
  db: Database,
  createdAt: Date,
  provider: KeyProvider,
  shopId: number,
  kinds: readonly KeyKind[],
): Promise<void> {
  const made = await Promise.all(
    kinds.map(async (kind) => ({ kind, ...(await provider.makeKey({ shopId, kind })) })),
  );
  const first = { shopId, version: 1, createdAt, rotatedAt: createdAt };
  const rows = made.map(({ kind, wrapped }) => ({ ...first, kind, wrapped }));
  await inShop(db, shopId, async (tx) => tx.insert(dataKeys).values(rows).onConflictDoNothing());
}
