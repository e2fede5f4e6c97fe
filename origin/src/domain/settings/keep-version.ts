import type { Database } from '../../db/database.ts';
import { settingsVersions, type SettingsKind } from '../../db/settings-schema.ts';
import type { Context } from '../context.ts';

/** Something that was set, and as which version. */
export interface SetValue {
  shopId: number;
  kind: SettingsKind;
  version: number;
  value: unknown;
}

/** Keeps what is set now beside what was set before, in the transaction that sets it. */
export async function keepVersion(
  tx: Database,
  set: SetValue,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
): Promise<void> {
  await tx.insert(settingsVersions).values({ ...set, actor, at: now() });
}
