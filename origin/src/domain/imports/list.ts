import { desc, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { imports } from '../../db/exchange-schema.ts';
import type { Import } from './start.ts';

/** The shop's imports, newest first, at most `limit` of them. */
export function listImports(db: Database, shopId: number, limit: number): Promise<Import[]> {
  return inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(imports)
      .where(eq(imports.shopId, shopId))
      .orderBy(desc(imports.id))
      .limit(limit),
  );
}
