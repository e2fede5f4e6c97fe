/** How long a call may take and how often it is tried: around any request function. */

import { isPlauditProblem, PlauditNetworkError, type PlauditProblem } from './errors.ts';
import type { Request } from './request.ts';

/** What tells the time; injected, so that tests need not wait. */
export interface Clock {
  /** A signal that fires after so many milliseconds. */
  timeout: (delayMs: number) => AbortSignal;
  /** Resolves after so many milliseconds, or as soon as the signal fires. */
  wait: (delayMs: number, signal: AbortSignal) => Promise<unknown>;
}

export const systemClock: Clock = {
  timeout: (delayMs) => AbortSignal.timeout(delayMs),
  wait: (delayMs, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve(undefined);
      });
    }),
};

/** What a whole call may take, new tries and pauses included, unless told otherwise. */
export const DEADLINE_MS = 10_000;
/** New tries of a read, after the first. */
const RETRIES = 2;
/** The first pause is at most this long, and each later one at most twice the one before. */
const BACKOFF_MS = 400;

/**
 * Gives every call a deadline, and tries reads again after a network error or a passing 5xx. A write
 * is sent once, because only its caller knows whether to repeat it. Failures are `PlauditProblem`
 * (the server answered with an error) or `PlauditNetworkError` (no usable answer in time).
 */
export function withPatience(
  request: Request,
  { clock = systemClock, deadlineMs = DEADLINE_MS }: { clock?: Clock; deadlineMs?: number } = {},
): Request {
  return async (path, call = {}) => {
    const { signal: givenUp } = call;
    const deadline = clock.timeout(deadlineMs);
    const signal = givenUp ? AbortSignal.any([givenUp, deadline]) : deadline;
    for (let triesLeft = call.body === undefined ? RETRIES : 0, backoffMs = BACKOFF_MS; ;) {
      try {
        signal.throwIfAborted();
        return await request(path, { ...call, signal });
      } catch (error) {
        givenUp?.throwIfAborted();
        const delayMs = toDelayMs(error, backoffMs);
        if (triesLeft === 0 || deadline.aborted || !(delayMs < deadlineMs)) {
          throw toFailure(error, path);
        }
        await clock.wait(delayMs, signal);
        triesLeft--;
        backoffMs *= 2;
      }
    }
  };
}

/** The pause before the next try: random, so that pages spread out; `NaN` where none can help. */
function toDelayMs(error: unknown, backoffMs: number): number {
  const delayMs = Math.random() * backoffMs;
  if (!isPlauditProblem(error)) return delayMs;
  // Bad gateway, unavailable, gateway timeout: states that tend to pass.
  return [502, 503, 504].includes(error.problem.status)
    ? error.retryAfterMs || delayMs
    : Number.NaN;
}

const toFailure = (error: unknown, path: string): PlauditProblem | PlauditNetworkError =>
  isPlauditProblem(error)
    ? error
    : new PlauditNetworkError(`No usable answer from ${path}`, { cause: error });
