/**
 * Who may see which rows. A connection starts as `plaudit_app`, a role that row-level security binds
 * and that sees nothing until its transaction is in a shop; what has to work across shops says so by
 * name. Everything is set for one transaction only, so no pooled connection carries a shop along.
 */
import { sql } from 'drizzle-orm';
import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';

/** The role of all work for one shop; the migrations make it. */
export const SHOP_ROLE = 'plaudit_app';

/** The transactions that are in a shop, and in which. */
const shopOf = new WeakMap<Database, number>();

/**
 * Runs work that sees and changes one shop's rows only, in a transaction. Within a transaction that
 * is in this shop already, it runs in that one.
 * @throws Error in a transaction that is in another shop
 */
export function inShop<T>(
  db: Database,
  shopId: number,
  work: (tx: Database) => Promise<T>,
): Promise<T> {
  const current = shopOf.get(db);
  if (current === shopId) return work(db);
  if (current !== undefined) throw new Error('A transaction cannot change its shop.');
  return db.transaction(async (tx) => {
    await tx.execute(sql`select ${entering(sql`${String(shopId)}`)}`);
    shopOf.set(tx, shopId);
    return work(tx);
  });
}

/** Expression that puts the transaction it is read in into a shop. For `inShop` and its like. */
export const entering = (shopId: ReturnType<typeof sql>) =>
  sql<string>`set_config('role', ${SHOP_ROLE}, true) || set_config('plaudit.shop', ${shopId}::text, true)`;

/** Notes that a transaction has read `entering`. */
export function noteShop(tx: Database, shopId: number): void {
  shopOf.set(tx, shopId);
}

/**
 * Runs work of the system itself, which sees all shops, in a transaction: making shops, sending what
 * the outbox holds, cleaning up. Never anything that a request decides on.
 */
export function asSystem<T>(
  db: Database,
  work: (tx: Database) => Promise<T>,
  config?: PgTransactionConfig,
): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('role', 'none', true)`);
    return work(tx);
  }, config);
}
