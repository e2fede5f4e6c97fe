/** What a merchant can do with an endpoint that is there. */
import { and, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import {
  webhookDeliveries,
  webhookEndpoints,
  type DeliveryState,
} from '../../db/webhook-schema.ts';
import type { Verb } from '../audit/act.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { openSecret, sealSecret } from '../keys/sealed.ts';
import { enterShop, findShop } from '../shops/find.ts';
import { lockEndpoint } from './endpoint.ts';
import { newWebhookSecret } from './secret.ts';

/** Receivers have a day to take up the new secret; until then both sign. */
const ROTATION_MS = 24 * 3_600_000;

type Row = Awaited<ReturnType<typeof lockEndpoint>>;

/** Works at an endpoint, and writes down that it did. */
const atEndpoint = <T>(
  context: Context,
  appKey: string,
  id: string,
  verb: Verb,
  work: (tx: Database, row: Row) => Promise<T>,
): Promise<T> =>
  enterShop(context.db, appKey, async (tx, shop) => {
    const result = await work(tx, await lockEndpoint(tx, shop.id, id));
    await recordAct(tx, { shopId: shop.id, verb, subject: id }, context);
    return result;
  });

/**
 * Removes an endpoint with all that waits for it.
 * @throws UnknownShopError
 * @throws UnknownEndpointError
 */
export const removeEndpoint = (context: Context, appKey: string, id: string): Promise<void> =>
  atEndpoint(context, appKey, id, 'webhook.remove', async (tx, row) => {
    await tx.delete(webhookEndpoints).where(eq(webhookEndpoints.id, row.id));
  });

/**
 * Gives an endpoint a new secret; the old one signs beside it for a day.
 * @returns the new secret, which nobody is shown again
 * @throws UnknownShopError
 * @throws UnknownEndpointError
 */
export async function rotateEndpointSecret(
  context: Context,
  appKey: string,
  id: string,
): Promise<string> {
  const shop = await findShop(context.db, appKey);
  const keys = await context.vault.keysOf(shop.id);
  return atEndpoint(context, appKey, id, 'webhook.rotate', async (tx, row) => {
    const secret = newWebhookSecret();
    const previousSecretUntil = new Date(context.now().getTime() + ROTATION_MS);
    await tx
      .update(webhookEndpoints)
      .set({
        secret: sealSecret(keys, id, secret),
        previousSecret: sealSecret(keys, id, openSecret(keys, row, row.secret)),
        previousSecretUntil,
        keyVersion: keys.version,
      })
      .where(eq(webhookEndpoints.id, row.id));
    return secret;
  });
}

/**
 * Stops sending to an endpoint; what happens meanwhile is held for it.
 * @throws UnknownShopError
 * @throws UnknownEndpointError
 */
export const disableEndpoint = (context: Context, appKey: string, id: string): Promise<void> =>
  atEndpoint(context, appKey, id, 'webhook.disable', async (tx, row) => {
    const disabledFor = 'merchant';
    await tx.update(webhookEndpoints).set({ disabledFor }).where(eq(webhookEndpoints.id, row.id));
    await moveDeliveries(tx, row.id, ['waiting'], { state: 'held' });
  });

/**
 * Sends to an endpoint again, what was held for it too.
 * @throws UnknownShopError
 * @throws UnknownEndpointError
 */
export async function enableEndpoint(context: Context, appKey: string, id: string): Promise<void> {
  await atEndpoint(context, appKey, id, 'webhook.enable', async (tx, row) => {
    await tx
      .update(webhookEndpoints)
      .set({ disabledFor: null, failingSince: null })
      .where(eq(webhookEndpoints.id, row.id));
    await moveDeliveries(tx, row.id, ['held'], toWaiting(context.now()));
  });
  context.onOutbox();
}

/**
 * Sends again what happened from `since` on and before `until`, delivered or not, under the same
 * message ids.
 * @returns how many messages
 * @throws UnknownShopError
 * @throws UnknownEndpointError
 */
export async function replayDeliveries(
  context: Context,
  appKey: string,
  id: string,
  { since, until }: { since: Date; until: Date },
): Promise<number> {
  const replayed = await atEndpoint(context, appKey, id, 'webhook.replay', (tx, row) => {
    const states: DeliveryState[] = ['held', 'failed', 'delivered'];
    return moveDeliveries(tx, row.id, states, toWaiting(context.now()), { since, until });
  });
  context.onOutbox();
  return replayed;
}

const toWaiting = (nextAttemptAt: Date) =>
  ({ state: 'waiting', attempts: 0, nextAttemptAt, settledAt: null }) as const;

async function moveDeliveries(
  tx: Database,
  endpointId: number,
  from: DeliveryState[],
  change: { state: DeliveryState; attempts?: number; nextAttemptAt?: Date; settledAt?: null },
  range?: { since: Date; until: Date },
): Promise<number> {
  const moved = await tx
    .update(webhookDeliveries)
    .set(change)
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpointId),
        inArray(webhookDeliveries.state, from),
        ...(range
          ? [
              gte(webhookDeliveries.createdAt, range.since),
              lt(webhookDeliveries.createdAt, range.until),
            ]
          : []),
      ),
    )
    .returning({ id: webhookDeliveries.id });
  return moved.length;
}
