/** Answers a client's condition from a stored answer (RFC 9110 §13.2, RFC 9111 §4.3.2). */
import { parseHttpDate } from './http-date.ts';

const weakless = (etag: string): string => etag.replace(/^W\//, '');

/** Whether the client's copy is the stored answer. `If-None-Match` decides alone where it is present. */
export function isNotModified(
  client: Headers,
  fields: Readonly<Record<string, string>>,
  nowMs: number,
): boolean {
  const ifNoneMatch = client.get('if-none-match');
  if (ifNoneMatch !== null) return matches(ifNoneMatch, fields['etag']);
  const ifModifiedSince = client.get('if-modified-since');
  if (ifModifiedSince === null) return false;
  const since = parseHttpDate(ifModifiedSince, nowMs);
  const changed = parseHttpDate(fields['last-modified'] ?? fields['date'], nowMs);
  return since !== undefined && changed !== undefined && changed <= since;
}

/** Weak comparison (RFC 9110 §8.8.3.2); entity tags may hold commas, so they are not split at them. */
function matches(ifNoneMatch: string, etag: string | undefined): boolean {
  if (ifNoneMatch.trim() === '*') return true;
  if (etag === undefined) return false;
  const candidates = ifNoneMatch.match(/(?:W\/)?"[^"]*"|[^\s,"]+/g) ?? [];
  return candidates.some((candidate) => weakless(candidate) === weakless(etag));
}
