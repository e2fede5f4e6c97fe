import { and, eq } from 'drizzle-orm';
import { importFiles, imports } from '../../db/exchange-schema.ts';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import type { Context } from '../context.ts';
import { ImportTakenOverError } from './errors.ts';
import type { Import } from './start.ts';

/** Which import. */
type Ended = Pick<Import, 'id' | 'publicId' | 'shopId'>;

/** What is known when a file was read to its end; what was added is known before, but for a dry run. */
export type FinalCounts = Pick<Import, 'rowsDone' | 'failed'> &
  Partial<Pick<Import, 'imported' | 'known'>>;

/**
 * Notes that a file was read to its end. It is not needed any more.
 * @throws ImportTakenOverError when it was undone meanwhile
 */
export async function finishImport(
  { db, now }: Context,
  own: Ended,
  counts: FinalCounts,
): Promise<void> {
  await end(db, own, { ...counts, state: 'done', endedAt: now() });
}

/**
 * Notes that a file cannot be read to its end; what came before stays until it is undone.
 * @param failure for people
 * @throws ImportTakenOverError when it was undone meanwhile
 */
export async function failImport({ db, now }: Context, own: Ended, failure: string): Promise<void> {
  await end(db, own, { state: 'failed', failure, endedAt: now() });
}

async function end(
  db: Database,
  { id, publicId, shopId }: Ended,
  change: Partial<Import>,
): Promise<void> {
  await inShop(db, shopId, async (tx) => {
    const ended = await tx
      .update(imports)
      .set(change)
      .where(and(eq(imports.id, id), eq(imports.state, 'running')))
      .returning({ id: imports.id });
    if (ended.length === 0) throw new ImportTakenOverError(publicId);
    await tx.delete(importFiles).where(eq(importFiles.importId, id));
  });
}
