import { settingsTag, type Settings } from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import { shops } from '../../db/schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';
import { enterShop, lockShop } from '../shops/find.ts';
import { keepVersion } from './keep-version.ts';

/** What else there is to say of a change. */
interface SettingsUpdate {
  /** Sees the settings as they are, and throws where that is not what the caller thinks. */
  check?: (current: Settings) => void;
  /** The version that they were taken from, for the log. */
  restored?: number;
}

/**
 * Replaces a shop's settings; the version grows by one, and the earlier ones are kept.
 * @throws UnknownShopError
 */
export async function updateSettings(
  context: Context,
  appKey: string,
  change: Omit<Settings, 'version'>,
  { check, restored }: SettingsUpdate = {},
): Promise<Settings> {
  const { db, now, onOutbox } = context;
  const updated = await enterShop(db, appKey, async (tx, found) => {
    const shop = await lockShop(tx, found);
    check?.(shop.settings);
    const settings = { ...change, version: shop.settings.version + 1 };
    await tx.update(shops).set({ settings }).where(eq(shops.id, shop.id));
    const kept = { shopId: shop.id, kind: 'storefront', version: settings.version } as const;
    await keepVersion(tx, { ...kept, value: settings }, context);
    const purge = { shopId: shop.id, tags: [settingsTag(appKey)], mode: 'soft' } as const;
    await enqueuePurge(tx, purge, now());
    const details = { version: settings.version, ...(restored !== undefined && { restored }) };
    await recordAct(tx, { shopId: shop.id, verb: 'settings.update', details }, context);
    return settings;
  });
  onOutbox();
  return updated;
}
