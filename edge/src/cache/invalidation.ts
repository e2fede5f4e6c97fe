/** What a write makes out of date (RFC 9111 §4.4). */
import type { CacheRequest } from './request.ts';

/** RFC 9110 §9.2.1. A method nobody knows may change anything. */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** The keys an answer to a request says nothing certain about any more. */
export function invalidated(request: CacheRequest, response: Response): Set<string> {
  const keys = new Set<string>();
  const failed = response.status < 200 || response.status >= 400;
  if (SAFE.has(request.method) || failed) return keys;
  keys.add(request.key);
  for (const name of ['location', 'content-location']) {
    const reference = response.headers.get(name);
    const key = reference === null ? undefined : request.keyOf?.(reference);
    if (key !== undefined) keys.add(key);
  }
  return keys;
}

/**
 * Whether the answer to a POST is what a GET of the same address would get (RFC 9110 §9.3.3): then,
 * with an explicit lifetime, it may be stored as that.
 */
export function isItsOwnPage(request: CacheRequest, response: Response): boolean {
  const location = response.headers.get('content-location');
  const isPost = request.method === 'POST' && response.status === 200;
  return isPost && location !== null && request.keyOf?.(location) === request.key;
}
