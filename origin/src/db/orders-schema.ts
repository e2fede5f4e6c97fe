/**
 * The tables of customers, orders and fulfilments. The migration that makes them, with the indexes, is
 * written by hand (`migrations/0101_orders.sql`).
 */
import {
  bigint,
  boolean,
  integer,
  jsonb,
  numeric,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';

const number = () => bigint({ mode: 'number' });
const identity = () => number().primaryKey().generatedAlwaysAsIdentity();
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
const amount = () => numeric({ precision: 14, scale: 4, mode: 'number' });

/** One row a customer of the shop: with the shop's own id, or by address alone where it has given none. */
export const customers = pgTable('customers', {
  id: identity(),
  /** What the sealed text is bound to. */
  publicId: text().notNull(),
  shopId: number().notNull(),
  externalId: text(),
  /** Address and names, as one sealed JSON text. */
  sealed: text().notNull(),
  /** Keyed, to find a customer by. */
  emailHash: text(),
  keyVersion: integer().notNull(),
  /** Null: not said. */
  acceptsMarketing: boolean(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
});

/** One row an order. */
export const orders = pgTable('orders', {
  id: identity(),
  shopId: number().notNull(),
  /** The shop's own id. */
  externalId: text().notNull(),
  customerId: number(),
  /** What the shop calls it in front of customers, such as `#1001`. */
  name: text(),
  orderedAt: instant().notNull(),
  currency: text(),
  totalPrice: amount(),
  subtotalPrice: amount(),
  paymentStatus: text(),
  cancelledAt: instant(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
});

/** One row a product that was ordered. */
export const orderLines = pgTable('order_lines', {
  id: identity(),
  shopId: number().notNull(),
  orderId: number().notNull(),
  productId: number().notNull(),
  quantity: integer().notNull(),
  totalPrice: amount(),
});

/** How far a delivery is. */
export type FulfilmentStatus = 'pending' | 'success' | 'cancelled';

/** What of an order a delivery holds. */
export interface FulfilledItem {
  productNumber: number;
  /** The shop's own id of the product. */
  productId: string;
  quantity: number;
}

/** One row a delivery. */
export const fulfilments = pgTable('fulfilments', {
  id: identity(),
  shopId: number().notNull(),
  orderId: number().notNull(),
  /** The shop's own id; unique within the order. */
  externalId: text().notNull(),
  fulfilledAt: instant().notNull(),
  status: text().$type<FulfilmentStatus>().notNull(),
  items: jsonb().$type<FulfilledItem[]>().notNull(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
});
