import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { imports } from '../../db/exchange-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { UnknownImportError } from './errors.ts';
import type { Import } from './start.ts';

/**
 * One import.
 * @throws UnknownImportError
 */
export async function findImport(db: Database, shopId: number, publicId: string): Promise<Import> {
  const [found] = await inShop(db, shopId, async (tx) =>
    tx
      .select()
      .from(imports)
      .where(and(eq(imports.shopId, shopId), eq(imports.publicId, publicId))),
  );
  if (!found) throw new UnknownImportError(publicId);
  return found;
}
