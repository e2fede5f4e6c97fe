/** Makes the entry that is kept from an answer, and renews it when the origin says it still holds. */
import type { Entry } from '../store/store.ts';
import { lifetime } from './lifetime.ts';
import type { CachePolicy } from './policy.ts';
import type { CacheRequest } from './request.ts';
import { tagsOf } from './tags.ts';
import { varyOf } from './vary.ts';

type Fields = Readonly<Record<string, string>>;

/** An answer that arrived: its fields at `nowMs`, asked for at `askedAt`. */
export interface Arrival {
  readonly status: number;
  readonly fields: Fields;
  readonly askedAt: number;
  readonly nowMs: number;
}

/** Fields that describe the bytes that were stored; a 304 must not touch them (RFC 9111 §3.2). */
const OF_THE_BYTES = new Set([
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
]);

export function toEntry(
  request: CacheRequest,
  arrival: Arrival,
  body: ArrayBuffer,
  policy: CachePolicy,
): Entry {
  const { status, fields, askedAt, nowMs } = arrival;
  return {
    key: request.key,
    vary: varyOf(fields['vary'], request.forward, policy.keyedFields),
    status,
    fields,
    outgoing: policy.outgoing(fields),
    body,
    tags: tagsOf(fields),
    purged: false,
    ...lifetime(status, fields, policy, askedAt, nowMs),
  };
}

/** The same answer with the fields of a 304 over its own (RFC 9111 §4.3.4). */
export function renewed(
  entry: Entry,
  request: CacheRequest,
  arrival: Arrival,
  policy: CachePolicy,
): Entry {
  const { age: _, ...kept } = entry.fields;
  const fresh = Object.entries(arrival.fields).filter(([name]) => !OF_THE_BYTES.has(name));
  const fields = { ...kept, ...Object.fromEntries(fresh) };
  return toEntry(request, { ...arrival, status: entry.status, fields }, entry.body, policy);
}
