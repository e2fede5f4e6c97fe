/** A shop takes back what it has set. */
import { settings } from '@plaudit/contract/schema';
import type { SettingsKind } from '../../db/settings-schema.ts';
import type { Context } from '../context.ts';
import { moderationRules } from '../moderation/rules.ts';
import { updateModerationRules } from '../moderation/update.ts';
import { readSettingsVersion } from './read-version.ts';
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
  const { value } = await readSettingsVersion(context.db, appKey, kind, version);
  if (kind === 'moderation') {
    return updateModerationRules(context, appKey, moderationRules.parse(value), {
      restored: version,
    });
  }
  const change = settings.omit({ version: true }).parse(value);
  return (await updateSettings(context, appKey, change, { restored: version })).version;
}
