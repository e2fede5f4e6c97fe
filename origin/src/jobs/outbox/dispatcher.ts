/** Keeps the outbox empty. */
import type { Logger } from 'pino';
import { toFailureRecord } from '../../failure-record.ts';
import { startWorkLoop, type WorkLoop } from '../work-loop.ts';
import { dispatch, type DispatchDependencies } from './dispatch.ts';
import { removeDelivered } from './remove-delivered.ts';

/** How often what was delivered long ago is removed; a few thousand rows a day are little work. */
const TIDY_EVERY_MS = 10 * 60_000;

/** Starts working off the outbox until stopped. */
export function startDispatcher(dependencies: DispatchDependencies, log: Logger): WorkLoop {
  let tidyAtMs = 0;
  const tidy = async () => {
    const nowMs = dependencies.now().getTime();
    if (nowMs < tidyAtMs) return;
    const removed = await removeDelivered(dependencies.db, dependencies.now());
    // Where there was something there may be more.
    if (removed === 0) tidyAtMs = nowMs + TIDY_EVERY_MS;
  };
  const work = async () => {
    const { postponed } = await dispatch(dependencies);
    if (postponed > 0) log.warn({ postponed }, 'purges were put off: an edge did not confirm');
    await tidy();
  };
  return startWorkLoop(work, (error) =>
    log.error(toFailureRecord(error), 'the outbox cannot be read'),
  );
}
