/** Keeps the outbox empty. */
import type { Logger } from 'pino';
import { toFailureRecord } from '../../failure-record.ts';
import { startWorkLoop, type WorkLoop } from '../work-loop.ts';
import { dispatch, type DispatchDependencies } from './dispatch.ts';

/** Starts working off the outbox until stopped. */
export function startDispatcher(dependencies: DispatchDependencies, log: Logger): WorkLoop {
  const work = async () => {
    const { postponed } = await dispatch(dependencies);
    if (postponed > 0) log.warn({ postponed }, 'purges were put off: an edge did not confirm');
  };
  return startWorkLoop(work, (error) =>
    log.error(toFailureRecord(error), 'the outbox cannot be read'),
  );
}
