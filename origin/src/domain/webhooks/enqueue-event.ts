import { randomBytes } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { webhookDeliveries, webhookEndpoints } from '../../db/webhook-schema.ts';
import type { EventType, ReviewEvent } from './events.ts';

/** What has happened. */
export interface ShopEvent {
  shopId: number;
  type: EventType;
  data: ReviewEvent;
}

/**
 * Writes down, in the transaction of the change itself, whom to tell of it. What an endpoint cannot
 * be sent while it is disabled is held for it.
 */
export async function enqueueEvent(
  tx: Database,
  { shopId, type, data }: ShopEvent,
  now: Date,
): Promise<void> {
  const endpoints = await tx
    .select({
      id: webhookEndpoints.id,
      events: webhookEndpoints.events,
      disabledFor: webhookEndpoints.disabledFor,
    })
    .from(webhookEndpoints);
  const told = endpoints.filter(({ events }) => events.length === 0 || events.includes(type));
  if (told.length === 0) return;
  const messageId = `msg_${randomBytes(16).toString('base64url')}`;
  const payload = JSON.stringify({ type, timestamp: now.toISOString(), data });
  await tx.insert(webhookDeliveries).values(
    told.map(({ id, disabledFor }) => ({
      shopId,
      endpointId: id,
      messageId,
      type,
      payload,
      state: disabledFor === null ? ('waiting' as const) : ('held' as const),
      nextAttemptAt: now,
      createdAt: now,
    })),
  );
}
