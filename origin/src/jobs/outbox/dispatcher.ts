/** Keeps the outbox empty: at once when told of a new row, and by looking now and then. */
import type { Logger } from 'pino';
import { toFailureRecord } from '../../failure-record.ts';
import { dispatch, type DispatchDependencies } from './dispatch.ts';
import { removeDelivered } from './remove-delivered.ts';

/** How long a row written by another process, or put off, may lie before it is looked at. */
const LOOK_EVERY_MS = 500;
/** How often what was delivered long ago is removed; a few thousand rows a day are little work. */
const TIDY_EVERY_MS = 10 * 60_000;

/** A running dispatcher. */
export interface Dispatcher {
  /** There is something new. */
  wake: () => void;
  /** Stops after what is under way. */
  stop: () => Promise<void>;
}

/** Starts working off the outbox until stopped. */
export function startDispatcher(dependencies: DispatchDependencies, log: Logger): Dispatcher {
  const stopping = new AbortController();
  let isWoken = false;
  let tidyAtMs = 0;
  let endWait = () => {};
  const wake = () => {
    isWoken = true;
    endWait();
  };
  const rest = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, isWoken || stopping.signal.aborted ? 0 : LOOK_EVERY_MS);
      endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const tidy = async () => {
    const nowMs = dependencies.now().getTime();
    if (nowMs < tidyAtMs) return;
    const removed = await removeDelivered(dependencies.db, dependencies.now());
    // Where there was something there may be more.
    if (removed === 0) tidyAtMs = nowMs + TIDY_EVERY_MS;
  };
  const work = async () => {
    while (!stopping.signal.aborted) {
      isWoken = false;
      try {
        const { postponed } = await dispatch(dependencies);
        if (postponed > 0) log.warn({ postponed }, 'purges were put off: an edge did not confirm');
        await tidy();
      } catch (error) {
        log.error(toFailureRecord(error), 'the outbox cannot be read');
      }
      await rest();
    }
  };
  const done = work();
  return {
    wake,
    stop: () => {
      stopping.abort();
      endWait();
      return done;
    },
  };
}
