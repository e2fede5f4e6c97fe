/** What the backup of an origin that serves reads from, so that nobody waits for it. */
import { constants } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { openDatabase, type Database, type OpenDatabase } from '../db/database.ts';
import { asSystem } from '../db/row-security.ts';

/** Reading a large table takes its time. */
export const STATEMENT_LIMIT_MS = 3_600_000;

/** Where an origin that serves has its data. */
export interface Serving {
  db: Database;
  databaseUrl?: string;
  dataDir: string;
}

/**
 * Opens what to read from. Of Postgres that is a connection of its own, with time. The embedded
 * database does one thing at a time, so its folder is copied while it rests, and the copy is read; it
 * is gone when it is closed, and one that a process left behind goes first.
 */
export async function openSource({ db, databaseUrl, dataDir }: Serving): Promise<OpenDatabase> {
  if (databaseUrl !== undefined) {
    return openDatabase({ databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS });
  }
  const copy = join(dataDir, 'backup-copy');
  const remove = () => rm(copy, { recursive: true, force: true });
  await remove();
  await mkdir(copy, { mode: 0o700 });
  try {
    await asSystem(db, async (tx) => {
      // Less to replay in the copy. No other statement runs until the transaction ends.
      await tx.execute(sql`checkpoint`);
      await cp(join(dataDir, 'db'), join(copy, 'db'), {
        recursive: true,
        mode: constants.COPYFILE_FICLONE,
      });
    });
    const source = await openDatabase({ dataDir: copy });
    return {
      ...source,
      close: async () => {
        await source.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
