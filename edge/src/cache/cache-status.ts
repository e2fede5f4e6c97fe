/** Says in `Cache-Status` what the cache did (RFC 9211). */

/** What happened to one request. */
export interface Handling {
  /** Served from the store without waiting for the origin. */
  readonly hit?: boolean;
  /** Why the origin was asked (§2.2). */
  readonly fwd?: 'bypass' | 'method' | 'uri-miss' | 'vary-miss' | 'miss' | 'stale' | 'request';
  /** What the origin answered, where it differs from what the client gets (§2.3). */
  readonly fwdStatus?: number;
  readonly stored?: boolean;
  /** Served by a request that was already under way (§2.7). */
  readonly collapsed?: boolean;
  /** Seconds of freshness left; negative when stale. */
  readonly ttl?: number;
  readonly detail?: string;
}

/** Writes the field. The order of parameters is fixed so that answers compare. */
export function cacheStatus(name: string, handling: Handling): string {
  let text = name;
  if (handling.hit) text += '; hit';
  if (handling.fwd) text += `; fwd=${handling.fwd}`;
  if (handling.fwdStatus !== undefined) text += `; fwd-status=${handling.fwdStatus}`;
  if (handling.ttl !== undefined) text += `; ttl=${handling.ttl}`;
  if (handling.stored) text += '; stored';
  if (handling.collapsed) text += '; collapsed';
  if (handling.detail) text += `; detail=${handling.detail}`;
  return text;
}
