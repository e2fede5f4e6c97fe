import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { settingsVersions } from '../../db/settings-schema.ts';
import { moderationRules, type ModerationRules } from './rules.ts';

/** The rules of a shop as they are in force, and their version. */
export async function readModerationRules(
  tx: Database,
  shopId: number,
): Promise<{ version: number; rules: ModerationRules }> {
  const [latest] = await tx
    .select({ version: settingsVersions.version, value: settingsVersions.value })
    .from(settingsVersions)
    .where(and(eq(settingsVersions.shopId, shopId), eq(settingsVersions.kind, 'moderation')))
    .orderBy(desc(settingsVersions.version))
    .limit(1);
  // What an older version had no word for is at its default.
  return { version: latest?.version ?? 0, rules: moderationRules.parse(latest?.value ?? {}) };
}
