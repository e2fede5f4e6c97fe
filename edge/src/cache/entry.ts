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
  readonly cookies: readonly string[];
  readonly askedAt: number;
  readonly nowMs: number;
}

/**
 * Fields that belong to the stored bytes; a 304 must not touch them (RFC 9111 §3.2). The entity tag
 * is among them: it is what the origin just said still holds.
 */
const OF_THE_BYTES = new Set([
  'content-encoding',
  'content-length',
  'content-md5',
  'content-range',
  'etag',
]);

export function toEntry(
  request: CacheRequest,
  arrival: Arrival,
  body: ArrayBuffer,
  policy: CachePolicy,
): Entry {
  const { status, fields, cookies, askedAt, nowMs } = arrival;
  return {
    key: request.key,
    vary: varyOf(fields['vary'], request.forward, policy.keyedFields),
    status,
    fields,
    cookies,
    outgoing: policy.outgoing(fields, true),
    body,
    tags: tagsOf(fields),
    purged: false,
    askedAt,
    ...lifetime(status, fields, policy, askedAt, nowMs),
  };
}

/** The arrival of a whole answer that a 304 stands for (RFC 9111 §4.3.4). */
export function renewed(old: Entry, arrival: Arrival): Arrival {
  const { age: _, ...kept } = old.fields;
  const renewing = Object.entries(arrival.fields).filter(([name]) => !OF_THE_BYTES.has(name));
  const fields = { ...kept, ...Object.fromEntries(renewing) };
  const cookies = arrival.cookies.length > 0 ? arrival.cookies : old.cookies;
  return { ...arrival, status: old.status, fields, cookies };
}
