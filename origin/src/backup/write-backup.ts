/**
 * Writes a backup: one consistent picture of all tables while everybody goes on working, row by row,
 * compressed and sealed. Memory does not grow with the database.
 *
 * The rows are lines of text: a line that names a table and its columns, its rows, the next table,
 * and at the end what every table must come to.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { readMigration } from '../db/migrations.ts';
import { asSystem } from '../db/row-security.ts';
import { rowsOf } from '../db/rows-of.ts';
import {
  listBackups,
  nameBackup,
  removeAbandoned,
  syncFolder,
  type BackupFile,
} from './backup-folder.ts';
import { newHeader, seal } from './seal.ts';
import { fixTextForms, listTables, readLines, readSequences } from './tables.ts';
import { startTally, type Tally } from './tally.ts';

/** What a backup needs. */
export interface BackupPlan {
  db: Database;
  folder: string;
  key: Buffer;
  now: Date;
  /** There is nothing to do when another one was made since then. */
  unlessSince?: Date;
  onProgress?: (rows: number) => void;
}

/** The last line of a backup. */
export interface Trailer {
  tables: Record<string, Tally>;
  sequences: Record<string, string | null>;
}

/** A backup that was written. */
export interface WrittenBackup extends BackupFile {
  rows: number;
}

/** Any number will do, as long as every origin uses the same one. */
export const BACKUP_LOCK = 7_283_642;
/** One consistent picture, and never a reason for anybody to wait. */
const SNAPSHOT = { isolationLevel: 'repeatable read', accessMode: 'read only' } as const;

/**
 * Writes a backup into the folder. It has its name when it is whole and on the disk, not before, so
 * whatever ends the process leaves the older ones and no half one.
 * @returns undefined when another process is writing one, or has
 */
export async function writeBackup(plan: BackupPlan): Promise<WrittenBackup | undefined> {
  const { db, folder, now } = plan;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeAbandoned(folder, now);
  const name = nameBackup(now);
  const path = join(folder, name);
  const part = `${path}.part`;
  try {
    // In the transaction until the end: the lock is held until the backup has its name.
    return await asSystem(
      db,
      async (tx) => {
        const lock = sql`select pg_try_advisory_xact_lock(${BACKUP_LOCK}::bigint) as taken`;
        const [{ taken } = { taken: false }] = await rowsOf<{ taken: boolean }>(tx, lock);
        if (!taken || (await hasOneSince(plan))) return undefined;
        const rows = await writeSealed(tx, part, plan);
        await rename(part, path);
        await syncFolder(folder);
        return { name, path, createdAt: now, bytes: (await stat(path)).size, rows };
      },
      SNAPSHOT,
    );
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function hasOneSince({ folder, unlessSince }: BackupPlan): Promise<boolean> {
  if (!unlessSince) return false;
  const [newest] = await listBackups(folder);
  return newest !== undefined && newest.createdAt >= unlessSince;
}

async function writeSealed(tx: Database, part: string, plan: BackupPlan): Promise<number> {
  await fixTextForms(tx);
  const header = newHeader(plan.key, { createdAt: plan.now, migration: await readMigration(tx) });
  let written = 0;
  const onRows = (rows: number) => {
    written += rows;
    plan.onProgress?.(written);
  };
  await pipeline(
    linesOf(tx, onRows),
    createGzip(),
    (compressed: AsyncIterable<Buffer>) => seal(compressed, plan.key, header),
    // Flushed: on the disk before it is closed.
    createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return written;
}

async function* linesOf(tx: Database, onRows: (rows: number) => void): AsyncGenerator<string> {
  const trailer: Trailer = { tables: {}, sequences: {} };
  for (const table of await listTables(tx)) {
    const tally = startTally();
    const columns = table.columns.map(({ name }) => name);
    yield `${JSON.stringify({ table: table.name, columns })}\n`;
    for await (const lines of readLines(tx, table)) {
      for (const line of lines) tally.add(line);
      yield `${lines.join('\n')}\n`;
      onRows(lines.length);
    }
    trailer.tables[table.name] = tally.end();
  }
  trailer.sequences = await readSequences(tx);
  yield `${JSON.stringify({ end: trailer })}\n`;
}
