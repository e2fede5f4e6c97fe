import { and, desc, eq, lt, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { imports } from '../../db/exchange-schema.ts';
import { InvalidCursorError } from '../errors.ts';
import type { Import } from './start.ts';

/**
 * The shop's imports, newest first, at most `limit` of them.
 * @param beforeId only those that began before the one of this public id
 * @throws InvalidCursorError where there is none of that id
 */
export function listImports(
  db: Database,
  shopId: number,
  limit: number,
  beforeId?: string,
): Promise<Import[]> {
  return inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(imports)
      .where(and(eq(imports.shopId, shopId), await beganBefore(tx, shopId, beforeId)))
      .orderBy(desc(imports.id))
      .limit(limit),
  );
}

async function beganBefore(
  tx: Database,
  shopId: number,
  publicId: string | undefined,
): Promise<SQL | undefined> {
  if (publicId === undefined) return undefined;
  const [found] = await tx
    .select({ id: imports.id })
    .from(imports)
    .where(and(eq(imports.shopId, shopId), eq(imports.publicId, publicId)));
  if (!found) throw new InvalidCursorError();
  return lt(imports.id, found.id);
}
