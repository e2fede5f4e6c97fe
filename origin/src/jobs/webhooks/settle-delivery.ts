import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { asSystem } from '../../db/row-security.ts';
import {
  webhookAttempts,
  webhookDeliveries,
  webhookEndpoints,
  type DisabledFor,
} from '../../db/webhook-schema.ts';
import { recordAct } from '../../domain/audit/record.ts';
import type { DueDelivery } from './claim-deliveries.ts';
import { nextWaitMs } from './next-wait.ts';
import type { SendOutcome } from './send-webhook.ts';

/** An endpoint that has taken nothing for so long is disabled; its owner is shown why. */
const FAILING_LIMIT_MS = 4 * 24 * 3_600_000;

/** Notes how an attempt ended, and what follows from it for the delivery and for its endpoint. */
export async function settleDelivery(
  db: Database,
  due: DueDelivery,
  outcome: SendOutcome,
  now: Date,
  random: number,
): Promise<void> {
  await asSystem(db, async (tx) => {
    const { delivery } = due;
    await tx.insert(webhookAttempts).values({
      shopId: delivery.shopId,
      deliveryId: delivery.id,
      at: now,
      status: outcome.status ?? null,
      failure: outcome.failure ?? null,
      durationMs: outcome.durationMs,
    });
    const isTaken = isSuccess(outcome);
    await noteDelivery(tx, due, outcome, now, random, isTaken);
    await noteEndpoint(tx, due, outcome, now, isTaken);
  });
}

const isSuccess = ({ status = 0 }: SendOutcome): boolean => status >= 200 && status < 300;

async function noteDelivery(
  tx: Database,
  { delivery }: DueDelivery,
  { retryAfterMs }: SendOutcome,
  now: Date,
  random: number,
  isTaken: boolean,
): Promise<void> {
  const attempts = delivery.attempts + 1;
  const waitMs = isTaken ? undefined : nextWaitMs(attempts, retryAfterMs, random);
  const change =
    waitMs === undefined
      ? { state: isTaken ? ('delivered' as const) : ('failed' as const), settledAt: now }
      : { nextAttemptAt: new Date(now.getTime() + waitMs) };
  await tx
    .update(webhookDeliveries)
    .set({ ...change, attempts })
    // Disabled or replayed meanwhile, it is no longer ours to settle.
    .where(and(eq(webhookDeliveries.id, delivery.id), eq(webhookDeliveries.state, 'waiting')));
}

async function noteEndpoint(
  tx: Database,
  { endpoint }: DueDelivery,
  outcome: SendOutcome,
  now: Date,
  isTaken: boolean,
): Promise<void> {
  const own = eq(webhookEndpoints.id, endpoint.id);
  if (isTaken) {
    await tx.update(webhookEndpoints).set({ failingSince: null }).where(own);
    return;
  }
  const failingSince = endpoint.failingSince ?? now;
  const disabledFor = whyDisabled(outcome, now.getTime() - failingSince.getTime());
  const changed = await tx
    .update(webhookEndpoints)
    .set({ failingSince, ...(disabledFor && { disabledFor }) })
    .where(and(own, isNull(webhookEndpoints.disabledFor)))
    .returning({ id: webhookEndpoints.id });
  if (!disabledFor || changed.length === 0) return;
  const waiting = eq(webhookDeliveries.state, 'waiting');
  await tx
    .update(webhookDeliveries)
    .set({ state: 'held' })
    .where(and(eq(webhookDeliveries.endpointId, endpoint.id), waiting));
  const act = { verb: 'webhook.disable', subject: endpoint.publicId } as const;
  const context = { actor: 'system', now: () => now } as const;
  await recordAct(tx, { shopId: endpoint.shopId, ...act, details: { disabledFor } }, context);
}

/** RFC 9110 §15.5.11: 410 says that it will never take anything again. */
function whyDisabled({ status }: SendOutcome, failingMs: number): DisabledFor | undefined {
  if (status === 410) return 'gone';
  return failingMs >= FAILING_LIMIT_MS ? 'failing' : undefined;
}
