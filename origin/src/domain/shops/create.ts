import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { asSystem } from '../../db/row-security.ts';
import { shops, shopSummaries } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { APP_KEY_PATTERN } from './app-key.ts';

/** What a new shop is made of. */
export interface NewShop {
  appKey: string;
  name: string;
  autoPublish: boolean;
}

/**
 * Makes a shop with default settings.
 * @returns whether it was made; false when there is one with this key already
 * @throws RangeError when the key does not fit `APP_KEY_PATTERN`
 */
export async function createShop({ db, now }: Context, shop: NewShop): Promise<boolean> {
  if (!APP_KEY_PATTERN.test(shop.appKey)) {
    throw new RangeError(
      `"${shop.appKey}" cannot be an app key: use 2 to 64 letters, digits, "-" or "_".`,
    );
  }
  return asSystem(db, async (tx) => {
    const [made] = await tx
      .insert(shops)
      .values({ ...shop, settings: DEFAULT_SETTINGS, createdAt: now() })
      .onConflictDoNothing({ target: shops.appKey })
      .returning({ id: shops.id });
    if (!made) return false;
    await tx.insert(shopSummaries).values({ shopId: made.id });
    return true;
  });
}
