/** How many requests each app may send: a window of fixed length, in this process's memory. */
import { LRUCache } from 'lru-cache';

/** The most that an app may send in a window. */
export interface Quota {
  requests: number;
  windowSeconds: number;
}

/** How an app stands. */
export interface Standing {
  isWithin: boolean;
  /** The fields of draft-ietf-httpapi-ratelimit-headers. */
  fields: Record<string, string>;
  resetSeconds: number;
}

/** Apps that are remembered at once; who is forgotten begins a new window. */
const APPS_MAX = 10_000;

/** Makes the counting of requests. */
export function createPace(
  { requests, windowSeconds }: Quota,
  now: () => Date,
): (appId: string) => Standing {
  const windows = new LRUCache<string, { endsAtMs: number; used: number }>({ max: APPS_MAX });
  return (appId) => {
    const nowMs = now().getTime();
    let window = windows.get(appId);
    if (!window || window.endsAtMs <= nowMs) {
      window = { endsAtMs: nowMs + windowSeconds * 1000, used: 0 };
      windows.set(appId, window);
    }
    window.used += 1;
    const resetSeconds = Math.ceil((window.endsAtMs - nowMs) / 1000);
    const remaining = Math.max(0, requests - window.used);
    return {
      isWithin: window.used <= requests,
      resetSeconds,
      fields: {
        'ratelimit-policy': `"app";q=${requests};w=${windowSeconds}`,
        ratelimit: `"app";r=${remaining};t=${resetSeconds}`,
      },
    };
  };
}
