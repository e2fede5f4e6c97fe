/** Imports whose files wait, for the process that has the files. */
import { and, asc, eq, inArray, lt, notInArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { importFiles, imports } from '../../db/exchange-schema.ts';
import { asSystem, inShop } from '../../db/row-security.ts';
import type { Context } from '../context.ts';
import type { Import } from './start.ts';

/** A file and the import it is for. */
export interface WaitingImport {
  import: Import;
  file: typeof importFiles.$inferSelect;
}

const ROWS_MAX = 1000;

/** Those of the files of these names, of all shops, in the order they came. */
export function listWaitingImports(
  db: Database,
  names: readonly string[],
): Promise<WaitingImport[]> {
  return asSystem(db, async (tx) =>
    tx
      .select({ import: imports, file: importFiles })
      .from(importFiles)
      .innerJoin(imports, eq(imports.id, importFiles.importId))
      .where(inArray(importFiles.publicId, [...names]))
      .orderBy(asc(importFiles.id)),
  );
}

/** Those that came before, of files that are none of these. */
export function listLostImports(
  db: Database,
  names: readonly string[],
  before: Date,
): Promise<WaitingImport[]> {
  return asSystem(db, async (tx) =>
    tx
      .select({ import: imports, file: importFiles })
      .from(importFiles)
      .innerJoin(imports, eq(imports.id, importFiles.importId))
      .where(and(lt(importFiles.createdAt, before), notInArray(importFiles.publicId, [...names])))
      .limit(ROWS_MAX),
  );
}

/**
 * Notes that somebody begins to work on it, or goes on.
 * @returns how it stands, and how often that was noted since it last got on; undefined when it has ended
 */
export function beginAttempt(
  db: Database,
  { file }: WaitingImport,
): Promise<{ started: Import; attempts: number } | undefined> {
  return inShop(db, file.shopId, async (tx) => {
    const [begun] = await tx
      .update(importFiles)
      .set({ attempts: sql`${importFiles.attempts} + 1` })
      .where(eq(importFiles.id, file.id))
      .returning({ attempts: importFiles.attempts });
    const [started] = await tx.select().from(imports).where(eq(imports.id, file.importId));
    return begun && started?.state === 'running' ? { started, ...begun } : undefined;
  });
}

/** Notes that it gets on. */
export async function endAttempts({ db }: Pick<Context, 'db'>, { file }: WaitingImport) {
  await inShop(db, file.shopId, async (tx) =>
    tx.update(importFiles).set({ attempts: 0 }).where(eq(importFiles.id, file.id)),
  );
}
