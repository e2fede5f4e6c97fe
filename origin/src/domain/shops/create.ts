import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { auditHeads } from '../../db/audit-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { shops, shopSummaries } from '../../db/schema.ts';
import { FIRST_HASH } from '../audit/act.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { keepVersion } from '../settings/keep-version.ts';
import { APP_KEY_PATTERN } from './app-key.ts';

/** What a new shop is made of. */
export interface NewShop {
  appKey: string;
  name: string;
  /** Whether reviews that no rule holds are published at once. */
  autoPublish: boolean;
}

/**
 * Makes a shop with default settings.
 * @returns whether it was made; false when there is one with this key already
 * @throws RangeError when the key does not fit `APP_KEY_PATTERN`
 */
export async function createShop(context: Context, shop: NewShop): Promise<boolean> {
  if (!APP_KEY_PATTERN.test(shop.appKey)) {
    throw new RangeError(
      `"${shop.appKey}" cannot be an app key: use 2 to 64 letters, digits, "-" or "_".`,
    );
  }
  const { db, now } = context;
  const { appKey, name, autoPublish } = shop;
  return asSystem(db, async (tx) => {
    const [made] = await tx
      .insert(shops)
      .values({ appKey, name, settings: DEFAULT_SETTINGS, createdAt: now() })
      .onConflictDoNothing({ target: shops.appKey })
      .returning({ id: shops.id });
    if (!made) return false;
    await tx.insert(shopSummaries).values({ shopId: made.id });
    const first = { shopId: made.id, version: 1 };
    await keepVersion(tx, { ...first, kind: 'storefront', value: DEFAULT_SETTINGS }, context);
    await keepVersion(tx, { ...first, kind: 'moderation', value: { autoPublish } }, context);
    await tx.insert(auditHeads).values({ shopId: made.id, sequence: 0, hash: FIRST_HASH });
    await recordAct(tx, { shopId: made.id, verb: 'shop.create', subject: appKey }, context);
    return true;
  });
}
