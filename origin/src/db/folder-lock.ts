/**
 * Keeps two processes from opening one embedded database: the second would destroy it.
 * The lock is the operating system's own (SQLite takes it for us, as Node cannot): it ends with the
 * process however that ends, so there is no stale lock to judge, take over or fight about.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process has the database folder open. */
export class FolderInUseError extends Error {
  constructor(folder: string, owner: string) {
    super(
      `The embedded database in ${folder} is open in another process (${owner}). ` +
        'Stop that one first, or use Postgres (DATABASE_URL), which many processes can share.',
    );
  }
}

/** SQLite's word for "another has the lock" (SQLITE_BUSY). */
const BUSY = 5;
/** Locks that nobody refers to would be collected, and with that given back. */
const held = new Set<DatabaseSync>();

/**
 * Takes the folder for this process.
 * @returns what gives it back
 * @throws FolderInUseError
 */
export function lockFolder(folder: string): () => void {
  const note = join(folder, 'process.pid');
  const lock = new DatabaseSync(join(folder, 'process.lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== BUSY) throw error;
    throw new FolderInUseError(folder, readOwner(note));
  }
  held.add(lock);
  // For people only: nothing is decided by it.
  writeFileSync(note, String(process.pid));
  return () => {
    rmSync(note, { force: true });
    held.delete(lock);
    lock.close();
  };
}

function readOwner(note: string): string {
  try {
    return `pid ${readFileSync(note, 'utf8')}`;
  } catch {
    return 'pid unknown';
  }
}
