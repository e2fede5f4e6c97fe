import { dataKeys } from '../../db/keys-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { findShop } from '../shops/find.ts';
import { readNewestKey } from './reseal.ts';

/** A shop's new key. */
export interface Rotation {
  shopId: number;
  version: number;
  /** False where the key before has not sealed all yet: that goes on. */
  isNew: boolean;
}

/**
 * Gives a shop a new data key, which seals from now on; `resealShop` seals anew what is there. Older keys
 * stay, wrapped: they open what backups hold.
 * @throws UnknownShopError
 * @throws KeysUnavailableError
 */
export async function rotateKeys(context: Context, appKey: string): Promise<Rotation> {
  const { db, vault, now } = context;
  const { id: shopId } = await findShop(db, appKey);
  // The first ones are made with this.
  await vault.keysOf(shopId);
  const wrapped = await vault.makeSealKey(shopId);
  const rotation = await inShop(db, shopId, async (tx) => {
    const newest = await readNewestKey(tx, shopId);
    if (!newest) throw new Error('The shop has no key.');
    if (newest.rotatedAt === null) return { shopId, version: newest.version, isNew: false };
    const version = newest.version + 1;
    const made = await tx
      .insert(dataKeys)
      .values({ shopId, kind: 'seal', version, wrapped, createdAt: now() })
      // Of two that rotate at once, one does.
      .onConflictDoNothing()
      .returning({ version: dataKeys.version });
    const isNew = made.length > 0;
    if (isNew) {
      await recordAct(tx, { shopId, verb: 'keys.rotate', subject: String(version) }, context);
    }
    return { shopId, version, isNew };
  });
  await vault.keysOf(shopId, rotation.version);
  return rotation;
}
