import { and, asc, eq, inArray, isNull, lte, notInArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { asSystem } from '../../db/row-security.ts';
import { webhookDeliveries, webhookEndpoints } from '../../db/webhook-schema.ts';

/** A delivery and where it goes. */
export interface DueDelivery {
  delivery: typeof webhookDeliveries.$inferSelect;
  endpoint: typeof webhookEndpoints.$inferSelect;
}

/** How much is claimed at once. */
export interface ClaimLimits {
  total: number;
  perEndpoint: number;
}

/** Longer than an attempt may take; whoever dies with a claim loses nothing. */
export const LEASE_MS = 60_000;
/** So many of the oldest are looked at, however many wait. */
const WINDOW = 1000;

/**
 * Claims deliveries that are due, oldest first, by putting them off for the length of a lease.
 * @param busy endpoints to leave out
 */
export function claimDeliveries(
  db: Database,
  now: Date,
  limits: ClaimLimits,
  busy: readonly number[],
): Promise<DueDelivery[]> {
  return asSystem(db, async (tx) => {
    const isDue = and(
      eq(webhookDeliveries.state, 'waiting'),
      lte(webhookDeliveries.nextAttemptAt, now),
    );
    const rows = await tx
      .select({ delivery: webhookDeliveries, endpoint: webhookEndpoints })
      .from(webhookDeliveries)
      .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
      .where(
        and(
          isDue,
          isNull(webhookEndpoints.disabledFor),
          inArray(webhookDeliveries.id, firstOfEach(tx, now, limits.perEndpoint, busy)),
        ),
      )
      .orderBy(asc(webhookDeliveries.nextAttemptAt), asc(webhookDeliveries.id))
      .limit(limits.total)
      // Of two dispatchers that look at the same time, each takes its own.
      .for('update', { of: webhookDeliveries, skipLocked: true });
    if (rows.length === 0) return [];
    const ids = rows.map(({ delivery }) => delivery.id);
    const nextAttemptAt = new Date(now.getTime() + LEASE_MS);
    await tx
      .update(webhookDeliveries)
      .set({ nextAttemptAt })
      .where(inArray(webhookDeliveries.id, ids));
    return rows;
  });
}

/** The ids of the oldest few of each endpoint, among the oldest of all. */
function firstOfEach(tx: Database, now: Date, perEndpoint: number, busy: readonly number[]) {
  const oldest = tx
    .select({ id: webhookDeliveries.id, endpointId: webhookDeliveries.endpointId })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.state, 'waiting'),
        lte(webhookDeliveries.nextAttemptAt, now),
        busy.length > 0 ? notInArray(webhookDeliveries.endpointId, [...busy]) : undefined,
      ),
    )
    .orderBy(asc(webhookDeliveries.nextAttemptAt), asc(webhookDeliveries.id))
    .limit(WINDOW)
    .as('oldest');
  const place = sql<number>`row_number() over (partition by ${oldest.endpointId} order by ${oldest.id})`;
  const ranked = tx
    .select({ id: oldest.id, place: place.as('place') })
    .from(oldest)
    .as('ranked');
  return tx.select({ id: ranked.id }).from(ranked).where(lte(ranked.place, perEndpoint));
}
