import { and, eq } from 'drizzle-orm';
import { dataKeys } from '../../db/keys-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { findShop } from '../shops/find.ts';
import { listKeys } from './list.ts';

/**
 * Wraps a shop's data keys anew with the key that wraps now: after a new first line in the key file,
 * another key of KMS, or a move from the one to the other. What they seal stays as it is.
 * @returns how many
 * @throws UnknownShopError
 * @throws KeysUnavailableError and then all are as they were
 */
export async function rewrapKeys(context: Context, appKey: string): Promise<number> {
  const { db, vault } = context;
  const { id: shopId } = await findShop(db, appKey);
  const keys = await listKeys(db, shopId);
  const anew = await Promise.all(
    keys.map(async ({ kind, version, wrapped }) => ({
      kind,
      version,
      before: wrapped,
      wrapped: await vault.rewrap(shopId, kind, wrapped),
    })),
  );
  await inShop(db, shopId, async (tx) => {
    for (const { kind, version, before, wrapped } of anew) {
      const isSame = and(
        eq(dataKeys.shopId, shopId),
        eq(dataKeys.kind, kind),
        eq(dataKeys.version, version),
        eq(dataKeys.wrapped, before),
      );
      await tx.update(dataKeys).set({ wrapped }).where(isSame);
    }
    await recordAct(tx, { shopId, verb: 'keys.rewrap', details: { keys: anew.length } }, context);
  });
  return anew.length;
}
