/** Removes what nobody needs any more, a little at a time. */
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { toFailureRecord } from '../failure-record.ts';
import { removeDelivered } from './outbox/remove-delivered.ts';
import { removeExpiredArtefacts } from './remove-expired-artefacts.ts';
import { removeOldAnswers } from './remove-old-answers.ts';
import { removeUnusedUploads } from './remove-unused-uploads.ts';
import { removeSettled } from './webhooks/remove-settled.ts';
import { startWorkLoop, type WorkLoop } from './work-loop.ts';

/** Each removes a batch of what is old enough, and says how much that was. */
const REMOVALS = [
  removeDelivered,
  removeSettled,
  removeUnusedUploads,
  removeExpiredArtefacts,
  removeOldAnswers,
];
/** A few thousand rows a day are little work. */
const TIDY_EVERY_MS = 10 * 60_000;

/** Starts tidying until stopped. */
export function startTidying(db: Database, now: () => Date, log: Logger): WorkLoop {
  let nextAtMs = 0;
  const work = async () => {
    if (now().getTime() < nextAtMs) return;
    let removed = 0;
    for (const remove of REMOVALS) removed += await remove(db, now());
    // Where there was something there may be more.
    if (removed === 0) nextAtMs = now().getTime() + TIDY_EVERY_MS;
  };
  return startWorkLoop(work, (error) => {
    nextAtMs = now().getTime() + TIDY_EVERY_MS;
    log.error(toFailureRecord(error), 'what is old could not be removed');
  });
}
