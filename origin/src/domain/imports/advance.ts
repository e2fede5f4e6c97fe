import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { imports } from '../../db/exchange-schema.ts';
import { ImportTakenOverError } from './errors.ts';

/** Which rows of a file a batch brings in. */
export interface ImportStep {
  import: { id: number; publicId: string };
  /** Rows that were done before. */
  from: number;
  /** Rows that are done with this batch. */
  to: number;
}

/**
 * Notes that a batch is in, in the transaction that brings it in: after a crash it is either written
 * and noted, or neither.
 * @throws ImportTakenOverError when the rows are not where this process left them
 */
export async function advanceImport(
  tx: Database,
  step: ImportStep,
  counts: { imported: number; known: number },
): Promise<void> {
  const moved = await tx
    .update(imports)
    .set({
      rowsDone: step.to,
      imported: sql`${imports.imported} + ${counts.imported}`,
      known: sql`${imports.known} + ${counts.known}`,
      failed: sql`${imports.failed} + ${step.to - step.from - counts.imported - counts.known}`,
    })
    .where(
      and(
        eq(imports.id, step.import.id),
        eq(imports.state, 'running'),
        eq(imports.rowsDone, step.from),
      ),
    )
    .returning({ id: imports.id });
  if (moved.length === 0) throw new ImportTakenOverError(step.import.publicId);
}
