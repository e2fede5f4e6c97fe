import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { appSecrets } from '../../db/oauth-schema.ts';
import { recordAct } from '../../domain/audit/record.ts';
import type { Context } from '../../domain/context.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { InvalidAppError, lockApp } from './app.ts';
import { addSecret } from './secrets.ts';

/** Whoever runs the app has a day to take up the new secret. */
const ROTATION_MS = 24 * 3_600_000;

/**
 * Gives an app a new secret; the one before works beside it for a day, any older one no more.
 * @returns the new secret, which nobody is shown again
 * @throws UnknownShopError
 * @throws UnknownAppError
 * @throws InvalidAppError when it is public
 */
export function rotateAppSecret(
  context: Context,
  appKey: string,
  clientId: string,
): Promise<string> {
  const { db, now } = context;
  return enterShop(db, appKey, async (tx, shop) => {
    const app = await lockApp(tx, shop.id, clientId);
    if (app.isPublic) throw new InvalidAppError('A public app has no secret.');
    const ofApp = eq(appSecrets.appId, app.id);
    await tx.delete(appSecrets).where(and(ofApp, isNotNull(appSecrets.expiresAt)));
    const expiresAt = new Date(now().getTime() + ROTATION_MS);
    await tx
      .update(appSecrets)
      .set({ expiresAt })
      .where(and(ofApp, isNull(appSecrets.expiresAt)));
    const secret = await addSecret(tx, app, now());
    const act = { shopId: shop.id, verb: 'app.rotate', subject: clientId } as const;
    await recordAct(tx, act, context);
    return secret;
  });
}
