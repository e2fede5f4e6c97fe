/** How many requests each app may send, whichever of our APIs it speaks: a window of fixed length, in this process's memory. */
import type { Context } from 'hono';
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

/** Ten a second, however they are spread over a minute. */
export const QUOTA: Quota = { requests: 600, windowSeconds: 60 };

/** Counts a request of an app, and says how it stands. */
export type Pace = (appId: string) => Standing;

/** Apps that are remembered at once; who is forgotten begins a new window. */
const APPS_MAX = 10_000;

/** Makes the counting of requests. */
export function createPace({ requests, windowSeconds }: Quota, now: () => Date): Pace {
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

/** Says in the answer how an app stands; tells whether it may go on. */
export function tellPace(context: Context, { isWithin, fields, resetSeconds }: Standing): boolean {
  for (const [name, value] of Object.entries(fields)) context.header(name, value);
  if (!isWithin) context.header('retry-after', String(resetSeconds));
  return isWithin;
}
