/** An import of a file that is worked on later, by whoever has the file. */
import { count, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { importFiles } from '../../db/exchange-schema.ts';
import { inShop } from '../../db/row-security.ts';
import type { Context } from '../context.ts';
import type { Shop } from '../shops/find.ts';
import { beginImport, type Import, type ImportSubject } from './start.ts';

/** A file in a folder. */
export interface WaitingFile {
  /** In its folder; unique. */
  name: string;
  /** What opens it. */
  key: string;
  /** How it is to be read. */
  plan: object;
}

/**
 * Starts an import of a file, or finds the one of the same file that runs.
 * @returns it, and whether the file is needed: one that runs may have its own
 */
export async function submitImport(
  { db, vault, actor, now }: Context,
  shop: Shop,
  subject: ImportSubject,
  { name, key, plan }: WaitingFile,
): Promise<{ started: Import; isNeeded: boolean }> {
  const keys = await vault.keysOf(shop.id);
  return inShop(db, shop.id, async (tx) => {
    const started = await beginImport(tx, shop.id, subject, { actor, now });
    const added = await tx
      .insert(importFiles)
      .values({
        publicId: name,
        shopId: shop.id,
        importId: started.id,
        key: keys.seal({ column: 'import_files.key', row: name }, key),
        keyVersion: keys.version,
        plan,
        createdAt: now(),
      })
      .onConflictDoNothing()
      .returning({ id: importFiles.id });
    return { started, isNeeded: added.length > 0 };
  });
}

/** How many files of a shop wait or are being imported. */
export async function countWaitingFiles(db: Database, shopId: number): Promise<number> {
  const [found] = await inShop(db, shopId, async (tx) =>
    tx.select({ files: count() }).from(importFiles).where(eq(importFiles.shopId, shopId)),
  );
  return found?.files ?? 0;
}
