import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import {
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
  type AttemptFailure,
  type DeliveryState,
} from '../../db/webhook-schema.ts';
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
 * @throws UnknownShopError
 * @throws UnknownEndpointError
 */
export function listDeliveries(
  db: Database,
  appKey: string,
  endpointId: string,
  limit: number,
): Promise<Delivery[]> {
  return enterShop(db, appKey, async (tx, shop) => {
    const endpoint = await lockEndpoint(tx, shop.id, endpointId);
    const deliveries = await tx
      .select()
      .from(webhookDeliveries)
      .where(
        and(eq(webhookDeliveries.shopId, shop.id), eq(webhookDeliveries.endpointId, endpoint.id)),
      )
      .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
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
