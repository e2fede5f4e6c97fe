/** Tells a database that cannot be reached right now from a statement that is wrong. */

/** Classes of SQLSTATE: connection exceptions, too few resources, stopped by an operator or a limit. */
const SQLSTATE_CLASSES = /^(?:08|53|57)[0-9A-Z]{3}$/;
/** Node's own words for a connection that cannot be made or broke. */
const SYSTEM_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
/** What the driver says without a code. */
const DRIVER_MESSAGES =
  /^(?:Query read timeout|timeout exceeded when trying to connect|Connection terminated|Client was closed|Client has encountered a connection error|timeout expired)/;
const CAUSES_MAX = 5;

/** Whether the same call may well succeed in a moment. */
export function isUnavailable(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < CAUSES_MAX && current instanceof Error; depth++) {
    if (isConnectionError(current)) return true;
    current = current.cause;
  }
  return false;
}

/** Whether the error is about the connection, or the server behind it, and not about the statement. */
function isConnectionError(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return (
    SYSTEM_CODES.has(code) || SQLSTATE_CLASSES.test(code) || DRIVER_MESSAGES.test(error.message)
  );
}
