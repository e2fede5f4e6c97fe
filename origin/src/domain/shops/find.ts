import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
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
  const [shop] = await selectShop(db, appKey).limit(1);
  if (!shop) throw new UnknownShopError(appKey);
  return shop;
}

/**
 * Finds a shop in order to change it: until the transaction ends nobody else can.
 * @throws UnknownShopError
 */
export async function lockShop(tx: Database, appKey: string): Promise<Shop> {
  const [shop] = await selectShop(tx, appKey).for('update');
  if (!shop) throw new UnknownShopError(appKey);
  return shop;
}

function selectShop(db: Database, appKey: string) {
  // Such a key names no shop, and may hold what the database cannot (U+0000).
  if (!APP_KEY_PATTERN.test(appKey)) throw new UnknownShopError(appKey);
  return db.select().from(shops).where(eq(shops.appKey, appKey));
}
