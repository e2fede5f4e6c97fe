/** The folder of backups: what they are called, and which are there. */
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupError } from './backup-error.ts';

/** A backup that is whole, as far as its name can tell: half ones are called otherwise. */
export interface BackupFile {
  name: string;
  path: string;
  createdAt: Date;
  bytes: number;
}

const NAME = /^plaudit-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d\.\d{3})Z\.backup$/;
const PART = /^plaudit-.+\.part$/;
/** Nobody writes at a backup for that long: whoever began it is gone. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/** The name of a backup that is made now; names sort by time. */
export const nameBackup = (at: Date): string =>
  `plaudit-${at.toISOString().replaceAll(':', '')}.backup`;

/** The backups of a folder, newest first; none where there is no folder. */
export async function listBackups(folder: string): Promise<BackupFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = names.flatMap((name) => {
    const [, day, hour, minute, second] = NAME.exec(name) ?? [];
    if (day === undefined) return [];
    const createdAt = new Date(`${day}T${hour}:${minute}:${second}Z`);
    return [{ name, path: join(folder, name), createdAt }];
  });
  const files = await Promise.all(
    found.map(async (file) => ({ ...file, bytes: (await stat(file.path)).size })),
  );
  return files.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/**
 * The newest backup.
 * @throws BackupError when there is none
 */
export async function findNewest(folder: string): Promise<BackupFile> {
  const [newest] = await listBackups(folder);
  if (!newest) throw new BackupError(`There is no backup in ${folder}.`);
  return newest;
}

/** Removes what backups that broke off have left. */
export async function removeAbandoned(folder: string, now: Date): Promise<void> {
  const parts = (await readdir(folder)).filter((name) => PART.test(name));
  for (const path of parts.map((name) => join(folder, name))) {
    const age = now.getTime() - (await stat(path)).mtimeMs;
    if (age > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}

/** Has the disk keep the folder's list of names: a renamed file is there after a power cut, too. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
