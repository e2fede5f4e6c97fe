import { asc } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { asSystem } from '../../db/row-security.ts';
import { shops } from '../../db/schema.ts';

/** The public keys of all shops, oldest first. For the system's own work, never for a request. */
export async function listAppKeys(db: Database): Promise<string[]> {
  const rows = await asSystem(db, async (tx) =>
    tx.select({ appKey: shops.appKey }).from(shops).orderBy(asc(shops.id)),
  );
  return rows.map(({ appKey }) => appKey);
}
