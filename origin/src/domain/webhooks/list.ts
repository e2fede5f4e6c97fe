import { and, asc, desc, eq, inArray, lt, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import {
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
  type AttemptFailure,
  type DeliveryState,
} from '../../db/webhook-schema.ts';
import { InvalidCursorError } from '../errors.ts';
import { enterShop } from '../shops/find.ts';
import { lockEndpoint, toEndpoint, type Endpoint } from './endpoint.ts';

/** What an endpoint was told, or is to be, with each attempt. */
export interface Delivery {
  messageId: string;
  type: string;
  state: DeliveryState;
  createdAt: string;
  /** Absent once it is settled. */
  nextAttemptAt?: string;
  attempts: Attempt[];
}

/** Beyond the status, what a receiver answers is not kept: it may be anybody's page. */
export interface Attempt {
  at: string;
  status?: number;
  failure?: AttemptFailure;
  durationMs: number;
}

/**
 * A shop's endpoints, in the order they were added.
 * @throws UnknownShopError
 */
export function listEndpoints(db: Database, appKey: string): Promise<Endpoint[]> {
  return enterShop(db, appKey, async (tx, shop) => {
    const rows = await tx
      .select()
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.shopId, shop.id))
      .orderBy(asc(webhookEndpoints.id));
    return rows.map(toEndpoint);
  });
}

/**
 * The deliveries to an endpoint, newest first.
 * @param beforeMessage only those from before this message
 * @throws InvalidCursorError where the endpoint was sent none of that id
 * @throws UnknownShopError
 * @throws UnknownEndpointError
 */
export function listDeliveries(
  db: Database,
  appKey: string,
  endpointId: string,
  limit: number,
  beforeMessage?: string,
): Promise<Delivery[]> {
  return enterShop(db, appKey, async (tx, shop) => {
    const endpoint = await lockEndpoint(tx, shop.id, endpointId);
    const deliveries = await tx
      .select()
      .from(webhookDeliveries)
      .where(
        and(
          eq(webhookDeliveries.shopId, shop.id),
          eq(webhookDeliveries.endpointId, endpoint.id),
          await isBefore(tx, endpoint.id, beforeMessage),
        ),
      )
      .orderBy(desc(webhookDeliveries.id))
      .limit(limit);
    const ids = deliveries.map(({ id }) => id);
    const attempts = await tx
      .select()
      .from(webhookAttempts)
      .where(inArray(webhookAttempts.deliveryId, ids))
      .orderBy(asc(webhookAttempts.id));
    const byDelivery = Map.groupBy(attempts, ({ deliveryId }) => deliveryId);
    return deliveries.map(({ id, messageId, type, state, createdAt, nextAttemptAt }) => ({
      messageId,
      type,
      state,
      createdAt: createdAt.toISOString(),
      ...(state === 'waiting' ? { nextAttemptAt: nextAttemptAt.toISOString() } : {}),
      attempts: (byDelivery.get(id) ?? []).map(toAttempt),
    }));
  });
}

async function isBefore(
  tx: Database,
  endpointId: number,
  messageId: string | undefined,
): Promise<SQL | undefined> {
  if (messageId === undefined) return undefined;
  const [found] = await tx
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(
      and(eq(webhookDeliveries.endpointId, endpointId), eq(webhookDeliveries.messageId, messageId)),
    );
  if (!found) throw new InvalidCursorError();
  return lt(webhookDeliveries.id, found.id);
}

const toAttempt = ({
  at,
  status,
  failure,
  durationMs,
}: typeof webhookAttempts.$inferSelect): Attempt => ({
  at: at.toISOString(),
  ...(status === null ? {} : { status }),
  ...(failure === null ? {} : { failure }),
  durationMs,
});
