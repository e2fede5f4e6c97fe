import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { dataKeys } from '../../db/keys-schema.ts';
import { inShop } from '../../db/row-security.ts';

/** The data keys of a shop, all wrapped, by kind and version. */
export const listKeys = (db: Database, shopId: number): Promise<(typeof dataKeys.$inferSelect)[]> =>
  inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(dataKeys)
      .where(eq(dataKeys.shopId, shopId))
      .orderBy(asc(dataKeys.kind), asc(dataKeys.version)),
  );
