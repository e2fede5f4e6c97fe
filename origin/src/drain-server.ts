/** Ends a server so that nobody notices: what is under way is finished, nothing new begins. */
import type { Server, ServerResponse } from 'node:http';

/** How often connections are looked for that have become idle. */
const LOOK_EVERY_MS = 100;

/**
 * Prepares a server for its end.
 * @returns what ends it: requests under way get so much time, then they are cut off
 */
export function prepareDrain(server: Server): (limitMs: number) => Promise<void> {
  let isEnding = false;
  // A connection that is never idle would go on bringing requests until it is cut.
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (isEnding) response.shouldKeepAlive = false;
  });
  return async (limitMs) => {
    isEnding = true;
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    const looking = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
    const cutOff = setTimeout(() => server.closeAllConnections(), limitMs);
    await closed;
    clearInterval(looking);
    clearTimeout(cutOff);
  };
}
