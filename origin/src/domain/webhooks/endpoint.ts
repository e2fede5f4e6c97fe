import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { webhookEndpoints, type DisabledFor } from '../../db/webhook-schema.ts';
import { UnknownEndpointError } from './errors.ts';
import { EVENT_TYPES, type EventType } from './events.ts';

/** An endpoint as the merchant sees it. The secret is shown when it is made, and never again. */
export interface Endpoint {
  id: string;
  url: string;
  /** Empty: all of them. */
  events: EventType[];
  disabledFor?: DisabledFor;
  failingSince?: string;
  createdAt: string;
}

type Row = typeof webhookEndpoints.$inferSelect;

/** A row as the merchant may see it. */
export function toEndpoint(row: Row): Endpoint {
  return {
    id: row.publicId,
    url: row.url,
    events: EVENT_TYPES.filter((type) => row.events.includes(type)),
    ...(row.disabledFor ? { disabledFor: row.disabledFor } : {}),
    ...(row.failingSince ? { failingSince: row.failingSince.toISOString() } : {}),
    createdAt: row.createdAt.toISOString(),
  };
}

/**
 * Finds an endpoint in order to change it.
 * @throws UnknownEndpointError
 */
export async function lockEndpoint(tx: Database, shopId: number, id: string): Promise<Row> {
  const [row] = await tx
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.shopId, shopId), eq(webhookEndpoints.publicId, id)))
    .for('update');
  if (!row) throw new UnknownEndpointError(id);
  return row;
}
