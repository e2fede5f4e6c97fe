/** Copies what is done to another place, which whoever owns this database cannot write over. */
import type { Logger } from 'pino';
import type { Database } from '../../db/database.ts';
import { forgetCopied, listUncopied, noteCopied } from '../../domain/audit/copied.ts';
import { toCopyLine } from '../../domain/audit/copy-line.ts';
import { toFailureRecord } from '../../failure-record.ts';
import type { AuditSink } from './audit-sink.ts';
import { startWorkLoop, type WorkLoop } from '../work-loop.ts';

/** What copying needs. */
export interface AuditCopyJob {
  db: Database;
  sink: AuditSink;
  now: () => Date;
  log: Logger;
}

/** How often the logs are looked at; an act is to be copied within a minute. */
const LOOK_EVERY_MS = 5000;
/** The longest pause after failures. */
const PAUSE_MAX_MS = 30_000;
/** So many acts at once that a request stays small. */
const BATCH_ACTS = 500;
const FAILED = 'the audit log could not be copied';

/**
 * Copies every shop's acts in their order until stopped. What was sent is noted afterwards, so nothing is left
 * out, and what was under way when the process ended comes twice.
 */
export function startAuditCopy(job: AuditCopyJob): WorkLoop {
  const { now, log } = job;
  let nextAtMs = 0;
  let failures = 0;
  const work = async () => {
    if (now().getTime() < nextAtMs) return;
    nextAtMs = now().getTime() + LOOK_EVERY_MS;
    await copyAll(job);
    if (failures > 0) log.info('the audit log is copied again');
    failures = 0;
  };
  const loop = startWorkLoop(work, (error) => {
    failures += 1;
    const pauseMs = Math.min(PAUSE_MAX_MS, LOOK_EVERY_MS * 2 ** (failures - 1));
    nextAtMs = now().getTime() + pauseMs;
    log.error(toFailureRecord(error), FAILED);
  });
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      // Nobody knows when the next process starts.
      await copyAll(job).catch((error: unknown) => log.error(toFailureRecord(error), FAILED));
    },
  };
}

async function copyAll(job: AuditCopyJob): Promise<void> {
  const { db, sink } = job;
  // Somebody has put another disk there.
  if (await sink.isEmpty?.()) await forgetCopied(db, sink.target);
  while ((await copyBatch(job)) === BATCH_ACTS);
}

/** @returns how many acts were copied */
async function copyBatch({ db, sink }: AuditCopyJob): Promise<number> {
  const acts = await listUncopied(db, sink.target, BATCH_ACTS);
  if (acts.length === 0) return 0;
  await sink.append(acts.map(toCopyLine));
  await noteCopied(db, sink.target, acts);
  return acts.length;
}
