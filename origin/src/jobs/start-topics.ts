/** Keeps the topics of products and groups up to date with their reviews. */
import type { Logger } from 'pino';
import type { Context } from '../domain/context.ts';
import { listStaleLists, refreshTopics } from '../domain/topics/refresh.ts';
import { toFailureRecord } from '../failure-record.ts';
import { startWorkLoop, type WorkLoop } from './work-loop.ts';

const LOOK_EVERY_MS = 60_000;
const LISTS_AT_ONCE = 20;

/** Starts until stopped. */
export function startTopics(
  context: Pick<Context, 'db' | 'now' | 'onOutbox'>,
  log: Logger,
): WorkLoop {
  const { now } = context;
  let nextAtMs = 0;
  const work = async () => {
    if (now().getTime() < nextAtMs) return;
    const stale = await listStaleLists(context, LISTS_AT_ONCE);
    // Where there were as many as were asked for there may be more.
    nextAtMs = stale.length < LISTS_AT_ONCE ? now().getTime() + LOOK_EVERY_MS : 0;
    for (const shopId of new Set(stale.map((list) => list.shopId))) {
      const own = stale.filter((list) => list.shopId === shopId);
      await refreshTopics(
        context,
        shopId,
        own.map(({ listId }) => listId),
      );
    }
  };
  return startWorkLoop(work, (error) => {
    nextAtMs = now().getTime() + LOOK_EVERY_MS;
    log.error(toFailureRecord(error), 'topics could not be found');
  });
}
