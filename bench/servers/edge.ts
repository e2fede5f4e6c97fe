/** The built edge on plain workerd, pinned to a core. */
import { startEdge } from '../../edge/serve/start-edge.mjs';
import { pinToCore } from '../measure/process-tree.ts';
import { SERVER_CORE, type Server } from './server.ts';

/** Signs the purges of the measurements; it is known to nobody else and guards nothing. */
export const PURGE_SECRET = 'bench-purge-secret-of-32-letters';

/** Carries the visitor's address, as a trusted server in front would set it: many visitors, one load. */
export const VISITOR_FIELD = 'x-visitor';

/** @param options.memory for answers, such as `256MB` */
export async function startMeasuredEdge(
  origin: string,
  { memory = '256MB', proxy = false }: { memory?: string; proxy?: boolean } = {},
): Promise<Server> {
  const {
    url,
    pid = 0,
    stop,
  } = await startEdge({
    origin,
    memory,
    proxy,
    purgeSecret: PURGE_SECRET,
    clientAddressHeader: VISITOR_FIELD,
  });
  pinToCore(pid, SERVER_CORE);
  return { name: 'edge', url, pid, stop };
}
