import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { apps, appSecrets } from '../../db/oauth-schema.ts';
import { enterShop } from '../../domain/shops/find.ts';

/** An app as the merchant sees it. */
export interface ListedApp {
  clientId: string;
  name: string;
  scopes: string[];
  redirectUris: string[];
  isPublic: boolean;
  createdAt: string;
  /** Oldest first; never the secrets themselves. */
  secrets: { createdAt: string; expiresAt?: string; lastUsedAt?: string }[];
}

/**
 * A shop's apps, in the order they were made.
 * @throws UnknownShopError
 */
export function listApps(db: Database, appKey: string): Promise<ListedApp[]> {
  return enterShop(db, appKey, async (tx, shop) => {
    const found = await tx
      .select()
      .from(apps)
      .where(eq(apps.shopId, shop.id))
      .orderBy(asc(apps.id));
    const secrets = await tx
      .select()
      .from(appSecrets)
      .where(eq(appSecrets.shopId, shop.id))
      .orderBy(asc(appSecrets.id));
    const byApp = Map.groupBy(secrets, ({ appId }) => appId);
    return found.map(({ id, clientId, name, scopes, redirectUris, isPublic, createdAt }) => ({
      clientId,
      name,
      scopes,
      redirectUris,
      isPublic,
      createdAt: createdAt.toISOString(),
      secrets: (byApp.get(id) ?? []).map(toListed),
    }));
  });
}

const toListed = ({ createdAt, expiresAt, lastUsedAt }: typeof appSecrets.$inferSelect) => ({
  createdAt: createdAt.toISOString(),
  ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
  ...(lastUsedAt ? { lastUsedAt: lastUsedAt.toISOString() } : {}),
});
