import { LRUCache } from 'lru-cache';

/** Somebody failed too often; they may try again then. */
export class TooManyAttemptsError extends Error {
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('Too many attempts.');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Counts failures. In memory: each process allows as many, and a restart forgives. */
export interface Attempts {
  /** @throws TooManyAttemptsError */
  check: (key: string) => void;
  /** @returns whether this was the last one allowed */
  fail: (key: string) => boolean;
}

/** More names than this are not remembered; the longest untouched goes first. */
const KEYS_MAX = 20_000;

/** Allows so many failures of one name within a window, which begins with the first. */
export function createAttempts(max: number, windowSeconds: number, now: () => Date): Attempts {
  const counts = new LRUCache<string, { failures: number; endsAtMs: number }>({ max: KEYS_MAX });
  const read = (key: string) => {
    const count = counts.get(key);
    return count && count.endsAtMs > now().getTime() ? count : undefined;
  };
  return {
    check(key) {
      const count = read(key);
      if (!count || count.failures < max) return;
      throw new TooManyAttemptsError(Math.ceil((count.endsAtMs - now().getTime()) / 1000));
    },
    fail(key) {
      const endsAtMs = now().getTime() + windowSeconds * 1000;
      const count = read(key) ?? { failures: 0, endsAtMs };
      count.failures += 1;
      counts.set(key, count);
      return count.failures === max;
    },
  };
}
