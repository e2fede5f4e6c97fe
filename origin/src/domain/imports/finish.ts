import { and, eq } from 'drizzle-orm';
import { imports } from '../../db/exchange-schema.ts';
import { inShop } from '../../db/row-security.ts';
import type { Context } from '../context.ts';
import { ImportTakenOverError } from './errors.ts';
import type { Import } from './start.ts';

/**
 * Notes that a file was read to its end.
 * @throws ImportTakenOverError when it was undone meanwhile
 */
export async function finishImport(
  { db, now }: Context,
  { id, publicId, shopId }: Pick<Import, 'id' | 'publicId' | 'shopId'>,
  { rowsDone, failed }: { rowsDone: number; failed: number },
): Promise<void> {
  const ended = await inShop(db, shopId, async (tx) =>
    tx
      .update(imports)
      .set({ state: 'done', rowsDone, failed, endedAt: now() })
      .where(and(eq(imports.id, id), eq(imports.state, 'running')))
      .returning({ id: imports.id }),
  );
  if (ended.length === 0) throw new ImportTakenOverError(publicId);
}
