/** Writes down requests: by their route, never by their path, which may hold what a visitor typed. */
import type { Logger } from 'pino';
import type { RequestWatch } from './http/watch-requests.ts';

/** Slower than visitors should ever see. */
const SLOW_SECONDS = 1;

/** Logs each answered request: slow ones as a warning, the others for who debugs. */
export function createRequestLog(log: Logger, begin: RequestWatch): RequestWatch {
  return () => {
    const end = begin();
    return (served) => {
      end(served);
      const { method, route, status, seconds } = served;
      const record = { method, route, status, ms: Math.round(seconds * 1000) };
      if (seconds >= SLOW_SECONDS) log.warn(record, 'slow');
      else log.debug(record, 'served');
    };
  };
}
