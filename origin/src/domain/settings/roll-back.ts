/** A shop takes back what it has set. */
import { settings } from '@plaudit/contract/schema';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { settingsVersions, type SettingsKind } from '../../db/settings-schema.ts';
import type { Context } from '../context.ts';
import { UnknownVersionError } from '../errors.ts';
import { moderationRules } from '../moderation/rules.ts';
import { updateModerationRules } from '../moderation/update.ts';
import { enterShop } from '../shops/find.ts';
import { updateSettings } from './update.ts';

/**
 * Sets what an earlier version had, as a version of its own: nothing that was set is lost by it.
 * @returns the new version
 * @throws UnknownShopError
 * @throws UnknownVersionError
 * @throws ZodError where the earlier one would not be taken today
 */
export async function rollBackSettings(
  context: Context,
  appKey: string,
  kind: SettingsKind,
  version: number,
): Promise<number> {
  // Versions never change, so what is read here still holds when it is set.
  const value = await enterShop(context.db, appKey, (tx, { id }) =>
    readVersion(tx, { shopId: id, kind, version }),
  );
  if (kind === 'moderation') {
    return updateModerationRules(context, appKey, moderationRules.parse(value), {
      restored: version,
    });
  }
  const change = settings.omit({ version: true }).parse(value);
  return (await updateSettings(context, appKey, change, { restored: version })).version;
}

async function readVersion(
  tx: Database,
  { shopId, kind, version }: { shopId: number; kind: SettingsKind; version: number },
): Promise<unknown> {
  const [found] = await tx
    .select({ value: settingsVersions.value })
    .from(settingsVersions)
    .where(
      and(
        eq(settingsVersions.shopId, shopId),
        eq(settingsVersions.kind, kind),
        eq(settingsVersions.version, version),
      ),
    );
  if (!found) throw new UnknownVersionError(version);
  return found.value;
}
