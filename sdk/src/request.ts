/** HTTP calls that answer with JSON, at their barest: one try, for as long as the browser waits. */

import type { Problem } from '@plaudit/contract';
import { PlauditProblem } from './errors.ts';

/** What a caller may say about one call. */
export interface CallOptions {
  /** Gives the call up; its promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** How the browser's own cache is used: `no-cache` asks the edge even where a fresh copy is kept. */
  cache?: RequestCache;
}

/** One call: a read, or a write if it has a body. */
export interface Call extends CallOptions {
  method?: string;
  body?: string | FormData;
}

/** Calls a path and reads the JSON that comes back; throws `PlauditProblem` for an error answer. */
export type Request = <T>(path: string, call?: Call) => Promise<T>;

/**
 * Makes the function that calls the paths of one server.
 *
 * @param base stands before every path; no slash at its end
 */
export function createRequest(base: string, fetch: typeof globalThis.fetch): Request {
  return async <T>(path: string, call?: Call) => {
    const response = await fetch(base + path, call);
    if (!response.ok) throw await toProblem(response);
    return (await response.json()) as T;
  };
}

async function toProblem(response: Response): Promise<PlauditProblem> {
  const { status, statusText } = response;
  const document = (await response.json().catch(() => {})) as Partial<Problem> | undefined;
  return new PlauditProblem(
    // RFC 9457 §4.2.1: `about:blank` says nothing beyond the status.
    { type: 'about:blank', title: statusText, ...document, status },
    // RFC 9110 §10.2.3; a page sees the field of another origin only where that exposes it.
    Number(response.headers.get('retry-after')) * 1000 || 0,
  );
}
