import { eq, getTableColumns, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { entering, inShop, noteShop } from '../../db/row-security.ts';
import { shops } from '../../db/schema.ts';
import { UnknownShopError } from '../errors.ts';
import { APP_KEY_PATTERN } from './app-key.ts';

/** A shop as the domain knows it. */
export type Shop = typeof shops.$inferSelect;

/**
 * Finds a shop by its public key.
 * @throws UnknownShopError
 */
export async function findShop(db: Database, appKey: string): Promise<Shop> {
  const [found] = await selectShop(db, appKey, sql`''`);
  if (!found) throw new UnknownShopError(appKey);
  return found.shop;
}

/**
 * Finds a shop by its public key and works in it, in one transaction that sees no other shop's rows.
 * @throws UnknownShopError
 */
export function enterShop<T>(
  db: Database,
  appKey: string,
  work: (tx: Database, shop: Shop) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    const [found] = await selectShop(tx, appKey, entering(sql`${shops.id}`));
    if (!found) throw new UnknownShopError(appKey);
    noteShop(tx, found.shop.id);
    return work(tx, found.shop);
  });
}

/**
 * Finds a shop that is known by its number.
 * @throws UnknownShopError
 */
export async function findShopById(db: Database, id: number): Promise<Shop> {
  const [shop] = await inShop(db, id, (tx) => tx.select().from(shops).where(eq(shops.id, id)));
  if (!shop) throw new UnknownShopError('');
  return shop;
}

/** Reads the shop anew, in order to change it: until the transaction ends nobody else can. */
export async function lockShop(tx: Database, { id, appKey }: Shop): Promise<Shop> {
  const [shop] = await tx.select().from(shops).where(eq(shops.id, id)).for('update');
  if (!shop) throw new UnknownShopError(appKey);
  return shop;
}

async function selectShop(db: Database, appKey: string, also: SQL) {
  // Such a key names no shop, and may hold what the database cannot (U+0000).
  if (!APP_KEY_PATTERN.test(appKey)) throw new UnknownShopError(appKey);
  const rows = await db
    .select({ shop: FIELDS, also })
    .from(sql`plaudit_find_shop(${appKey}) as ${shops}`);
  // The function answers with rows of the very table.
  return rows.map(({ shop }) => ({ shop: shop as Shop }));
}

/** The columns as expressions: a builder would refuse them, as it is not the table that is read. */
const FIELDS: Record<string, SQL> = Object.fromEntries(
  Object.entries(getTableColumns(shops)).map(([name, column]) => [
    name,
    sql`${column}`.mapWith(column),
  ]),
);
