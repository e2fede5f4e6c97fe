import { and, desc, eq, lt } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { settingsVersions, type SettingsKind } from '../../db/settings-schema.ts';
import { enterShop } from '../shops/find.ts';

/** When something was set, and by whom, in the words of the audit log. */
export interface SettingsVersion {
  version: number;
  at: Date;
  actor: string;
}

/**
 * The versions of a shop's settings, the one in force first, at most `limit` of them.
 * @param before only those below this one
 * @throws UnknownShopError
 */
export function listSettingsVersions(
  db: Database,
  appKey: string,
  kind: SettingsKind,
  limit: number,
  before?: number,
): Promise<SettingsVersion[]> {
  return enterShop(db, appKey, async (tx, { id }) =>
    tx
      .select({
        version: settingsVersions.version,
        at: settingsVersions.at,
        actor: settingsVersions.actor,
      })
      .from(settingsVersions)
      .where(
        and(
          eq(settingsVersions.shopId, id),
          eq(settingsVersions.kind, kind),
          before === undefined ? undefined : lt(settingsVersions.version, before),
        ),
      )
      .orderBy(desc(settingsVersions.version))
      .limit(limit),
  );
}
