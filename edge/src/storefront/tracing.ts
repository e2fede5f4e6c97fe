/**
 * Begins the trace of what the origin is asked (W3C Trace Context): the origin goes on with it down to its
 * queries. A visitor's own `traceparent` is not passed on: whoever likes could have us write traces.
 */

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;

/** The value of `traceparent` for a question to the origin. */
export type BeginTrace = () => string;

/**
 * Makes traces of which a share is to be written down; of the others the origin is told not to.
 * @param ratio from 0 to 1
 */
export const createTracing =
  (ratio: number, random: () => number = Math.random): BeginTrace =>
  () => {
    const bytes = crypto.getRandomValues(new Uint8Array(TRACE_BYTES + SPAN_BYTES));
    // §3.2.2: an id of zeros only is none.
    bytes[TRACE_BYTES - 1] ||= 1;
    bytes[TRACE_BYTES + SPAN_BYTES - 1] ||= 1;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const traceId = hex.slice(0, TRACE_BYTES * 2);
    const flags = random() < ratio ? '01' : '00';
    return `00-${traceId}-${hex.slice(TRACE_BYTES * 2)}-${flags}`;
  };
