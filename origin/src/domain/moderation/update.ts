/** The shop changes what it wants to look at first. */
import { settingsVersions } from '../../db/settings-schema.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { enterShop, lockShop } from '../shops/find.ts';
import { readModerationRules } from './read.ts';
import type { ModerationRules } from './rules.ts';

/**
 * Replaces a shop's rules of moderation; their version grows by one, and the earlier ones are kept.
 * What was decided before stays as it is.
 * @returns the new version
 * @throws UnknownShopError
 */
export function updateModerationRules(
  context: Context,
  appKey: string,
  value: ModerationRules,
): Promise<number> {
  const { db, now, actor } = context;
  return enterShop(db, appKey, async (tx, found) => {
    const { id: shopId } = await lockShop(tx, found);
    const version = (await readModerationRules(tx, shopId)).version + 1;
    const row = { shopId, kind: 'moderation', version, value, actor, at: now() } as const;
    await tx.insert(settingsVersions).values(row);
    await recordAct(tx, { shopId, verb: 'moderation.update', details: { version } }, context);
    return version;
  });
}
