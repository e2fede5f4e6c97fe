import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { settingsVersions, type SettingsKind } from '../../db/settings-schema.ts';
import { UnknownVersionError } from '../errors.ts';
import { enterShop } from '../shops/find.ts';
import type { SettingsVersion } from './list-versions.ts';

/** A version with what was set. */
export interface SetVersion extends SettingsVersion {
  /** As it was taken then. */
  value: unknown;
}

/**
 * Reads a version of a shop's settings; versions never change.
 * @throws UnknownShopError
 * @throws UnknownVersionError
 */
export async function readSettingsVersion(
  db: Database,
  appKey: string,
  kind: SettingsKind,
  version: number,
): Promise<SetVersion> {
  const { at, actor, value } = settingsVersions;
  const [found] = await enterShop(db, appKey, async (tx, { id }) =>
    tx
      .select({ version: settingsVersions.version, at, actor, value })
      .from(settingsVersions)
      .where(
        and(
          eq(settingsVersions.shopId, id),
          eq(settingsVersions.kind, kind),
          eq(settingsVersions.version, version),
        ),
      ),
  );
  if (!found) throw new UnknownVersionError(version);
  return found;
}
