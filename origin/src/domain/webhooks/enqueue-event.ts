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
export const enqueueEvent = (
  tx: Database,
  { shopId, type, data }: ShopEvent,
  now: Date,
): Promise<void> => enqueueEvents(tx, { shopId, type, all: [data] }, now);

/** The same of many things to which the same has happened. */
export async function enqueueEvents(
  tx: Database,
  { shopId, type, all }: Omit<ShopEvent, 'data'> & { all: readonly ReviewEvent[] },
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
  if (told.length === 0 || all.length === 0) return;
  const messages = all.map((data) => ({
    messageId: `msg_${randomBytes(16).toString('base64url')}`,
    payload: JSON.stringify({ type, timestamp: now.toISOString(), data }),
  }));
  await tx.insert(webhookDeliveries).values(
    messages.flatMap((message) =>
      told.map(({ id, disabledFor }) => ({
        shopId,
        endpointId: id,
        ...message,
        type,
        state: disabledFor === null ? ('waiting' as const) : ('held' as const),
        nextAttemptAt: now,
        createdAt: now,
      })),
    ),
  );
}
