/** Has a backup written while the origin serves, so that nobody waits for it. */
import { once } from 'node:events';
import { constants } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { sql } from 'drizzle-orm';
import type { Database, DatabaseLocation } from '../db/database.ts';
import { asSystem } from '../db/row-security.ts';
import { nameBackup } from './backup-folder.ts';
import type { BackupPlan, WrittenBackup } from './write-backup.ts';

/** Reading a large table takes its time. */
export const STATEMENT_LIMIT_MS = 3_600_000;

/** Where an origin that serves has its data. */
export interface Serving {
  db: Database;
  databaseUrl?: string;
  dataDir: string;
}

/** What the thread is told. */
export interface BackupOrder extends Omit<BackupPlan, 'db' | 'onProgress'> {
  source: DatabaseLocation;
}

/**
 * Writes a backup on a thread and a connection of their own. The embedded database does one thing at a
 * time, so its folder is copied while it rests, and the copy is read; it is gone afterwards, and one
 * that a process left behind goes first.
 * @returns undefined when another process is writing one, or has
 * @throws when it fails, or when the signal gives it up
 */
export async function writeApart(
  { db, databaseUrl, dataDir }: Serving,
  plan: Omit<BackupOrder, 'source'>,
  signal: AbortSignal,
): Promise<WrittenBackup | undefined> {
  if (databaseUrl !== undefined) {
    const source = { databaseUrl, statementLimitMs: STATEMENT_LIMIT_MS };
    return runWorker({ ...plan, source }, signal);
  }
  const copy = join(dataDir, 'backup-copy');
  const remove = () => rm(copy, { recursive: true, force: true });
  await remove();
  try {
    await mkdir(copy, { mode: 0o700 });
    await copyAtRest(db, join(dataDir, 'db'), join(copy, 'db'));
    return await runWorker({ ...plan, source: { dataDir: copy } }, signal);
  } finally {
    await remove();
  }
}

async function copyAtRest(db: Database, from: string, to: string): Promise<void> {
  await asSystem(db, async (tx) => {
    // Less to replay in the copy. No other statement runs until the transaction ends.
    await tx.execute(sql`checkpoint`);
    await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
  });
}

async function runWorker(
  order: BackupOrder,
  signal: AbortSignal,
): Promise<WrittenBackup | undefined> {
  const worker = new Worker(new URL('backup-worker.ts', import.meta.url), { workerData: order });
  let written: WrittenBackup | undefined;
  worker.on('message', (message: WrittenBackup | undefined) => {
    written = message;
  });
  try {
    // Until its end: only then has it let go of everything.
    await once(worker, 'exit', { signal });
    return written;
  } catch (error) {
    await worker.terminate();
    await rm(join(order.folder, `${nameBackup(order.now)}.part`), { force: true });
    throw error;
  }
}
