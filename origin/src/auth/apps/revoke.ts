import { eq } from 'drizzle-orm';
import { apps } from '../../db/oauth-schema.ts';
import { recordAct } from '../../domain/audit/record.ts';
import type { Context } from '../../domain/context.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { lockApp } from './app.ts';

/**
 * Removes an app with its secrets and every token it has: they stop working at once.
 * @throws UnknownShopError
 * @throws UnknownAppError
 */
export function revokeApp(context: Context, appKey: string, clientId: string): Promise<void> {
  return enterShop(context.db, appKey, async (tx, shop) => {
    const { id } = await lockApp(tx, shop.id, clientId);
    await tx.delete(apps).where(eq(apps.id, id));
    const act = { shopId: shop.id, verb: 'app.revoke', subject: clientId } as const;
    await recordAct(tx, act, context);
  });
}
