/** The shop changes what it wants to look at first. */
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { keepVersion } from '../settings/keep-version.ts';
import { enterShop, lockShop } from '../shops/find.ts';
import { readModerationRules } from './read.ts';
import type { ModerationRules } from './rules.ts';

/** What else there is to say of a change. */
interface RulesUpdate {
  /** Sees the rules as they are, and throws where that is not what the caller thinks. */
  check?: (current: ModerationRules) => void;
  /** The version that they were taken from, for the log. */
  restored?: number;
}

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
  { check, restored }: RulesUpdate = {},
): Promise<number> {
  return enterShop(context.db, appKey, async (tx, found) => {
    const { id: shopId } = await lockShop(tx, found);
    const current = await readModerationRules(tx, shopId);
    check?.(current.rules);
    const version = current.version + 1;
    await keepVersion(tx, { shopId, kind: 'moderation', version, value }, context);
    const details = { version, ...(restored !== undefined && { restored }) };
    await recordAct(tx, { shopId, verb: 'moderation.update', details }, context);
    return version;
  });
}
