import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { imports } from '../../db/exchange-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { recordAct } from '../audit/record.ts';
import type { Context } from '../context.ts';
import { sealClear } from '../keys/seal-clear.ts';
import { newPublicId } from '../reviews/public-id.ts';
import type { Shop } from '../shops/find.ts';

/** An import as the domain knows it. */
export type Import = typeof imports.$inferSelect;

/** What is imported. */
export interface ImportSubject {
  /** What its reviews will say of where they come from, such as `import:judgeme`. */
  source: string;
  fileName: string;
  /** Of the file's bytes and of how they are read: the same again is the same import. */
  fileDigest: string;
  /** Reads and counts only. */
  isDryRun?: boolean;
}

/**
 * Starts an import, or goes on with the one of the same file that broke off: its `rowsDone` tells
 * how many rows are in the shop for good.
 */
export async function startImport(
  context: Context,
  shop: Shop,
  subject: ImportSubject,
): Promise<Import> {
  // A review that is still in clear would not be known again.
  await sealClear(context, shop.id);
  return inShop(context.db, shop.id, (tx) => beginImport(tx, shop.id, subject, context));
}

/** A step of starting one, in its transaction. */
export async function beginImport(
  tx: Database,
  shopId: number,
  subject: ImportSubject,
  context: Pick<Context, 'actor' | 'now'>,
): Promise<Import> {
  const [brokenOff] = await tx
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.shopId, shopId),
        eq(imports.fileDigest, subject.fileDigest),
        eq(imports.state, 'running'),
      ),
    )
    .orderBy(desc(imports.id))
    .limit(1);
  if (brokenOff) return brokenOff;
  const [started] = await tx
    .insert(imports)
    .values({
      ...subject,
      publicId: newPublicId(),
      shopId,
      state: 'running',
      startedAt: context.now(),
    })
    .returning();
  if (!started) throw new Error('No row came back for the import.');
  const act = { shopId, verb: 'import.start', subject: started.publicId } as const;
  await recordAct(tx, { ...act, details: { source: subject.source } }, context);
  return started;
}
