/**
 * The tables of webhooks. The migration that makes them is written by hand
 * (`migrations/0070_webhooks.sql`).
 */
import { bigint, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { shops } from './schema.ts';

const number = () => bigint({ mode: 'number' });
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
const identity = () => number().primaryKey().generatedAlwaysAsIdentity();
const ownShop = () =>
  number()
    .notNull()
    .references(() => shops.id, { onDelete: 'cascade' });

/** An address that wants to be told. */
export const webhookEndpoints = pgTable('webhook_endpoints', {
  id: identity(),
  publicId: text().notNull().unique(),
  shopId: ownShop(),
  url: text().notNull(),
  /** What it is told of; empty: everything. */
  events: text().array().notNull(),
  /** Sealed. */
  secret: text().notNull(),
  /** Signs as well until then, so that a rotation refuses nothing. */
  previousSecret: text(),
  previousSecretUntil: instant(),
  /** Of the key that sealed both; 0 for what was written before there were keys. */
  keyVersion: integer().notNull().default(0),
  /** Why nothing is sent to it; null while it is. */
  disabledFor: text().$type<DisabledFor>(),
  /** Since when nothing has been delivered to it; null while all goes well. */
  failingSince: instant(),
  createdAt: instant().notNull(),
});

/** The merchant's wish; the receiver's own `410 Gone`; or days of failures. */
export type DisabledFor = 'merchant' | 'gone' | 'failing';

/** One row an event and an endpoint. */
export const webhookDeliveries = pgTable('webhook_deliveries', {
  id: identity(),
  shopId: ownShop(),
  endpointId: number()
    .notNull()
    .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
  /** `webhook-id`: the same at every attempt, for receivers to tell repeats by. */
  messageId: text().notNull(),
  type: text().notNull(),
  /** The very bytes that are signed and sent. */
  payload: text().notNull(),
  state: text().$type<DeliveryState>().notNull(),
  attempts: integer().notNull().default(0),
  nextAttemptAt: instant().notNull(),
  createdAt: instant().notNull(),
  settledAt: instant(),
});

/** `held` waits for a disabled endpoint; `failed` was tried for the last time. Both can be replayed. */
export type DeliveryState = 'waiting' | 'held' | 'delivered' | 'failed';

/** One row an attempt. What the receiver said beyond its status is not kept. */
export const webhookAttempts = pgTable('webhook_attempts', {
  id: identity(),
  shopId: ownShop(),
  deliveryId: number()
    .notNull()
    .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
  at: instant().notNull(),
  status: integer(),
  failure: text().$type<AttemptFailure>(),
  durationMs: integer().notNull(),
});

/** Why there is no status. */
export type AttemptFailure = 'forbidden-address' | 'timeout' | 'unreachable';
