/** Keeps the topics of products up to date with their reviews. */
import type { Logger } from 'pino';
import type { Context } from '../domain/context.ts';
import { listStaleProducts, refreshTopics } from '../domain/topics/refresh.ts';
import { toFailureRecord } from '../failure-record.ts';
import { startWorkLoop, type WorkLoop } from './work-loop.ts';

const LOOK_EVERY_MS = 60_000;
const PRODUCTS_AT_ONCE = 20;

/** Starts until stopped. */
export function startTopics(
  context: Pick<Context, 'db' | 'now' | 'onOutbox'>,
  log: Logger,
): WorkLoop {
  const { now } = context;
  let nextAtMs = 0;
  const work = async () => {
    if (now().getTime() < nextAtMs) return;
    const stale = await listStaleProducts(context, PRODUCTS_AT_ONCE);
    // Where there were as many as were asked for there may be more.
    nextAtMs = stale.length < PRODUCTS_AT_ONCE ? now().getTime() + LOOK_EVERY_MS : 0;
    for (const shopId of new Set(stale.map((product) => product.shopId))) {
      const own = stale.filter((product) => product.shopId === shopId);
      await refreshTopics(
        context,
        shopId,
        own.map(({ productId }) => productId),
      );
    }
  };
  return startWorkLoop(work, (error) => {
    nextAtMs = now().getTime() + LOOK_EVERY_MS;
    log.error(toFailureRecord(error), 'topics could not be found');
  });
}
