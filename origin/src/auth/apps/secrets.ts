/** Secrets of apps: made, shown once, known again by their digests. */
import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull, lt, or } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { appSecrets } from '../../db/oauth-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { digestOf } from '../digest.ts';
import type { App } from './app.ts';

const SECRET_BYTES = 32;
/** When a secret was last used is known as exactly as anybody asks, without a write at every use. */
const LAST_USED_STEP_MS = 60_000;

/**
 * Gives an app a secret.
 * @returns the secret, which nobody is shown again
 */
export async function addSecret(tx: Database, app: App, now: Date): Promise<string> {
  const secret = `plaudit_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  const row = { shopId: app.shopId, appId: app.id, digest: digestOf(secret), createdAt: now };
  await tx.insert(appSecrets).values(row);
  return secret;
}

/** Whether it is one of the app's secrets; if so, that it was used is noted. */
export function isSecretOf(db: Database, app: App, secret: string, now: Date): Promise<boolean> {
  return inShop(db, app.shopId, async (tx) => {
    const [found] = await tx
      .select({ id: appSecrets.id, lastUsedAt: appSecrets.lastUsedAt })
      .from(appSecrets)
      .where(
        and(
          eq(appSecrets.appId, app.id),
          // Comparing digests tells nothing of the secret, however long it takes.
          eq(appSecrets.digest, digestOf(secret)),
          or(isNull(appSecrets.expiresAt), gt(appSecrets.expiresAt, now)),
        ),
      );
    if (!found) return false;
    const noted = new Date(now.getTime() - LAST_USED_STEP_MS);
    if (found.lastUsedAt === null || found.lastUsedAt < noted) {
      const isOlder = or(isNull(appSecrets.lastUsedAt), lt(appSecrets.lastUsedAt, noted));
      await tx
        .update(appSecrets)
        .set({ lastUsedAt: now })
        .where(and(eq(appSecrets.id, found.id), isOlder));
    }
    return true;
  });
}
