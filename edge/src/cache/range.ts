/** Serves a part of a stored whole answer (RFC 9110 §14). Several parts at once get the whole. */
import { parseHttpDate } from './http-date.ts';

/** First byte and the one after the last, or that there is no such part. */
export type Part = { start: number; end: number } | 'unsatisfiable';

/** The part a client asks for; `undefined` where the whole answer is the right one. */
export function partOf(
  client: Headers,
  fields: Readonly<Record<string, string>>,
  length: number,
  nowMs: number,
): Part | undefined {
  const match = /^bytes\s*=\s*(?:(\d+)\s*)?-\s*(?:(\d+)\s*)?$/i.exec(client.get('range') ?? '');
  if (!match || !holdsStill(client.get('if-range'), fields, nowMs)) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '') return suffix(last, length);
  const start = Number(first);
  const end = last === '' ? length : Math.min(Number(last) + 1, length);
  // The last byte before the first one: not a range at all (§14.1.1).
  if (last !== '' && Number(last) < start) return undefined;
  return start < length ? { start, end } : 'unsatisfiable';
}

function suffix(text: string, length: number): Part | undefined {
  if (text === '') return undefined;
  const wanted = Number(text);
  if (wanted === 0 || length === 0) return 'unsatisfiable';
  return { start: Math.max(0, length - wanted), end: length };
}

/** `If-Range` (RFC 9110 §13.1.5): a strong validator that is still the same, or no part. */
function holdsStill(
  ifRange: string | null,
  fields: Readonly<Record<string, string>>,
  nowMs: number,
): boolean {
  if (ifRange === null) return true;
  if (ifRange.startsWith('"')) return ifRange === fields['etag'];
  const since = parseHttpDate(ifRange, nowMs);
  return since !== undefined && since === parseHttpDate(fields['last-modified'], nowMs);
}
