/**
 * Sends webhooks side by side. Each endpoint has a few places at most, so that one that hangs keeps
 * no other waiting.
 */
import type { Database } from '../../db/database.ts';
import { openSecret } from '../../domain/keys/sealed.ts';
import type { Vault } from '../../domain/keys/vault.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import { claimDeliveries, type DueDelivery } from './claim-deliveries.ts';
import { sendWebhook } from './send-webhook.ts';
import { settleDelivery } from './settle-delivery.ts';

const PLACES = 200;
const PLACES_PER_ENDPOINT = 4;

/** What deliveries are made with. */
export interface DelivererDependencies {
  db: Database;
  now: () => Date;
  vault: Vault;
  /** From 0 to 1. */
  random: () => number;
  outbound: Outbound;
  /** Called when a place has become free. */
  onPlace?: () => void;
  onFailure: (error: unknown) => void;
}

/** Sends what is due. */
export interface Deliverer {
  /** Starts what is due and has a place. @returns how many were started */
  start: () => Promise<number>;
  /** Resolves when nothing is under way any more. */
  idle: () => Promise<void>;
}

/** Makes the one that sends. */
export function createDeliverer(dependencies: DelivererDependencies): Deliverer {
  const { db, now, vault, random, outbound, onPlace, onFailure } = dependencies;
  /** What is under way, and to which endpoint. */
  const underWay = new Map<Promise<void>, number>();

  async function deliver(due: DueDelivery): Promise<void> {
    const { delivery, endpoint } = due;
    try {
      const keys = await vault.keysOf(endpoint.shopId, endpoint.keyVersion);
      const secrets = secretsOf(endpoint, now()).map((sealed) =>
        openSecret(keys, endpoint, sealed),
      );
      const message = { ...delivery, url: endpoint.url, secrets };
      const outcome = await sendWebhook(outbound, now, message);
      await settleDelivery(db, due, outcome, now(), random());
    } catch (error) {
      // Its lease ends, and it is sent again.
      onFailure(error);
    }
  }

  function begin(due: DueDelivery): void {
    const done = deliver(due).finally(() => {
      underWay.delete(done);
      onPlace?.();
    });
    underWay.set(done, due.endpoint.id);
  }

  return {
    start: async () => {
      const limits = { total: PLACES - underWay.size, perEndpoint: PLACES_PER_ENDPOINT };
      if (limits.total <= 0) return 0;
      const busy = [...new Set(underWay.values())];
      const claimed = await claimDeliveries(db, now(), limits, busy);
      for (const due of claimed) begin(due);
      return claimed.length;
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay.keys());
    },
  };
}

/** The newest first; the one before it as long as its rotation lasts. */
function secretsOf(endpoint: DueDelivery['endpoint'], now: Date): string[] {
  const { secret, previousSecret, previousSecretUntil } = endpoint;
  const isRotating = previousSecretUntil !== null && previousSecretUntil > now;
  return previousSecret !== null && isRotating ? [secret, previousSecret] : [secret];
}
