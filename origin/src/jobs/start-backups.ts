/** The daily backup, and the end of those that are not needed any more. */
import { rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import { makeKeyFile, readBackupKey, type KeySource } from '../backup/backup-key.ts';
import { listBackups } from '../backup/backup-folder.ts';
import { copyErasures } from '../backup/erasures-file.ts';
import { chooseRedundant, RETENTION } from '../backup/retention.ts';
import { dueSince, type Schedule } from '../backup/schedule.ts';
import { writeApart, type Serving } from '../backup/write-apart.ts';
import { recordEverywhere } from '../domain/audit/record-everywhere.ts';
import { toFailureRecord } from '../failure-record.ts';
import { startWorkLoop, type WorkLoop } from './work-loop.ts';

/** What the schedule needs. */
export interface BackupJob {
  serving: Serving;
  backup: KeySource & { folder: string };
  schedule: Schedule;
  now: () => Date;
  log: Logger;
}

/** How often the folder is looked at. */
const LOOK_EVERY_MS = 60_000;
/** After a failure; what went wrong, such as a full disk, is rarely over in a minute. */
const RETRY_AFTER_MS = 10 * 60_000;

/**
 * Makes a backup a day until stopped. Several origins may do so on one folder: who comes second finds
 * what the first has made, or is making.
 */
export function startBackups(job: BackupJob): WorkLoop {
  const { now, log } = job;
  const stopping = new AbortController();
  let nextAtMs = 0;
  const work = async () => {
    if (now().getTime() < nextAtMs) return;
    nextAtMs = now().getTime() + LOOK_EVERY_MS;
    await backUp(job, stopping.signal);
  };
  const loop = startWorkLoop(work, (error) => {
    if (stopping.signal.aborted) return;
    nextAtMs = now().getTime() + RETRY_AFTER_MS;
    log.error(toFailureRecord(error), 'no backup could be made');
  });
  return {
    wake: loop.wake,
    stop: () => {
      // Nobody waits an hour for the end of it: the next process makes up for it.
      stopping.abort();
      return loop.stop();
    },
  };
}

async function backUp(
  { serving, backup, schedule, now, log }: BackupJob,
  signal: AbortSignal,
): Promise<void> {
  const { folder } = backup;
  // Also those of origins that have another folder.
  await copyErasures(serving.db, folder);
  const unlessSince = dueSince(now(), schedule);
  const [newest] = await listBackups(folder);
  if (newest && newest.createdAt >= unlessSince) return;
  if (makeKeyFile(backup)) {
    log.warn({ keyFile: backup.keyFile }, 'a new backup key: keep a copy of it in another place');
  }
  const key = readBackupKey(backup);
  const written = await writeApart(serving, { folder, key, now: now(), unlessSince }, signal);
  if (!written) return;
  log.info({ file: written.name, rows: written.rows, bytes: written.bytes }, 'backed up');
  const act = { verb: 'backup.make', details: { rows: written.rows } } as const;
  await recordEverywhere({ db: serving.db, actor: 'system', now }, act);
  for (const { path, name } of chooseRedundant(await listBackups(folder), RETENTION)) {
    await rm(path, { force: true });
    log.info({ file: name }, 'an old backup is removed');
  }
}
