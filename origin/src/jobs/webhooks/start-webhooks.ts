/** Keeps sending webhooks until stopped. */
import type { Logger } from 'pino';
import type { Context } from '../../domain/context.ts';
import { toFailureRecord } from '../../failure-record.ts';
import { createOutbound } from '../../outbound/outbound.ts';
import { startWorkLoop, type WorkLoop } from '../work-loop.ts';
import { createDeliverer } from './deliverer.ts';

/** Starts sending what is due. */
export function startWebhooks(
  context: Pick<Context, 'db' | 'now' | 'vault'>,
  log: Logger,
): WorkLoop {
  const outbound = createOutbound();
  const deliverer = createDeliverer({
    ...context,
    random: Math.random,
    outbound,
    onPlace: () => loop.wake(),
    onFailure: (error) => log.error(toFailureRecord(error), 'a webhook could not be settled'),
  });
  const work = async () => {
    await deliverer.start();
  };
  const loop = startWorkLoop(work, (error) =>
    log.error(toFailureRecord(error), 'webhooks cannot be read'),
  );
  return {
    wake: loop.wake,
    stop: async () => {
      await loop.stop();
      await deliverer.idle();
      await outbound.close();
    },
  };
}
