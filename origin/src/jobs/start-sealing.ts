/** Seals what was written before there were keys, and anew what older keys have sealed. */
import type { Logger } from 'pino';
import { toFailureRecord } from '../failure-record.ts';
import type { Context } from '../domain/context.ts';
import { listRotatingShops, resealShop } from '../domain/keys/reseal.ts';
import { listClearShops, sealClear } from '../domain/keys/seal-clear.ts';
import { startWorkLoop, type WorkLoop } from './work-loop.ts';

/** An origin of an older version, or with the key before, may write more of them beside this one. */
const LOOK_EVERY_MS = 10 * 60_000;
const RETRY_AFTER_MS = 60_000;

/** Starts sealing until stopped. */
export function startSealing(
  context: Pick<Context, 'db' | 'vault' | 'now'>,
  log: Logger,
): WorkLoop {
  const { db, now } = context;
  let nextAtMs = 0;
  const work = async () => {
    if (now().getTime() < nextAtMs) return;
    nextAtMs = now().getTime() + LOOK_EVERY_MS;
    for (const shopId of await listClearShops(db)) {
      const rows = await sealClear(context, shopId);
      log.info({ shopId, rows }, 'sealed what was kept in clear');
    }
    for (const shopId of await listRotatingShops(db)) {
      const rows = await resealShop(context, shopId);
      log.info({ shopId, rows }, 'sealed anew with the newest key');
    }
  };
  return startWorkLoop(work, (error) => {
    nextAtMs = now().getTime() + RETRY_AFTER_MS;
    log.error(toFailureRecord(error), 'what is to be sealed could not be');
  });
}
