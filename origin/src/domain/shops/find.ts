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
  // Such a key names no shop, and may hold what the database cannot (U+0000).
  if (!APP_KEY_PATTERN.test(appKey)) throw new UnknownShopError(appKey);
  const [shop] = await db.select().from(shops).where(eq(shops.appKey, appKey)).limit(1);
  if (!shop) throw new UnknownShopError(appKey);
  return shop;
}
