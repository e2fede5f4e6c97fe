/** How long a request may take to arrive: files longer than anything else. */
import type { IncomingMessage, Server } from 'node:http';

/** As Node has it for all. */
const LIMIT_MS = 5 * 60_000;
/** Two gigabytes at five megabits a second. */
const FILE_LIMIT_MS = 3_600_000;

/** Cuts requests off that do not arrive in time. */
export function limitArrival(
  server: Server,
  isFile: (request: IncomingMessage) => boolean,
  { limitMs = LIMIT_MS, fileLimitMs = FILE_LIMIT_MS } = {},
): void {
  Object.assign(server, { requestTimeout: fileLimitMs });
  server.prependListener('request', (request: IncomingMessage) => {
    if (request.complete || isFile(request)) return;
    const cutOff = setTimeout(() => {
      if (!request.complete) request.destroy();
    }, limitMs);
    cutOff.unref();
    request.once('close', () => clearTimeout(cutOff));
  });
}
