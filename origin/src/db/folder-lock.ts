/** Keeps two processes from opening one embedded database: the second would destroy it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process has the database folder open. */
export class FolderInUseError extends Error {
  constructor(folder: string, pid: number) {
    super(
      `The embedded database in ${folder} is open in another process (pid ${pid}). ` +
        'Stop that one first, or use Postgres (DATABASE_URL), which many processes can share.',
    );
  }
}

/**
 * Takes the folder for this process; the lock of a process that died is taken over.
 * @returns what gives it back
 * @throws FolderInUseError
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'db.lock');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = Number(readOwner(file));
    if (owner > 0 && isRunning(owner)) throw new FolderInUseError(folder, owner);
    rmSync(file, { force: true });
  }
}

function readOwner(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
