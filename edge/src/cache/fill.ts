/** Fetches an answer from the origin and stores it where it may be stored. */
import type { Entry, Store } from '../store/store.ts';
import { readWhole, wholeBodyOf } from './body.ts';
import { renewed, toEntry, type Arrival } from './entry.ts';
import { endToEnd } from './fields.ts';
import type { Flight } from './flights.ts';
import { mayReplaceError } from './freshness.ts';
import type { CachePolicy } from './policy.ts';
import type { CacheRequest } from './request.ts';
import { notStorable } from './storable.ts';

/** Asks the origin. Rejects when there is no answer; sets its own deadline for the first byte. */
export type OriginFetch = (
  url: string,
  init: { method: string; headers: Headers; body?: ReadableStream | null },
) => Promise<Response>;

/** What came of a fetch: an answer for all who wait, or one for the request that asked alone. */
export type Filled =
  | { readonly shared: Entry; readonly fwdStatus: number; readonly stored: boolean }
  | { readonly own: Response; readonly why: string };

/** The origin answered that it cannot answer, and a stale copy can. */
export class OriginError extends Error {
  override readonly name = 'OriginError';
}

export interface FillDeps {
  readonly store: Store;
  readonly fetch: OriginFetch;
  readonly now: () => number;
  readonly policy: CachePolicy;
}

/** RFC 5861 §4. */
const ERROR_STATUSES = new Set([500, 502, 503, 504]);
/** What a client asks of its own copy; the cache asks for its own. */
const CLIENT_CONDITIONS = [
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
];

const hasConditions = (headers: Headers): boolean =>
  CLIENT_CONDITIONS.some((name) => headers.has(name));

/** @param old The stored answer to revalidate, if there is one. */
export async function fill(
  deps: FillDeps,
  request: CacheRequest,
  old: Entry | undefined,
  flight: Flight<Filled>,
): Promise<Filled> {
  const askedAt = deps.now();
  const headers = validating(request.forward, old);
  const response = await deps.fetch(request.url, { method: 'GET', headers });
  const arrival = arrived(response, askedAt, deps.now());
  if (old && response.status === 304) return renew(deps, request, old, arrival, flight);
  if (old && ERROR_STATUSES.has(response.status) && mayReplaceError(old, arrival.nowMs)) {
    await response.body?.cancel();
    throw new OriginError(`the origin answered ${response.status}`);
  }
  return receive(deps, request, response, arrival, flight);
}

export const arrived = (response: Response, askedAt: number, nowMs: number): Arrival => ({
  status: response.status,
  fields: endToEnd(response.headers),
  cookies: response.headers.getSetCookie(),
  askedAt,
  nowMs,
});

/** The origin says that what is stored still holds; it may also say that it must not be stored. */
async function renew(
  deps: FillDeps,
  request: CacheRequest,
  old: Entry,
  arrival: Arrival,
  flight: Flight<Filled>,
): Promise<Filled> {
  const whole = renewed(old, arrival);
  const entry = toEntry(request, whole, old.body, deps.policy);
  const why = notStorable(request.forward, whole, deps.policy);
  if (!why) return { shared: entry, fwdStatus: 304, stored: await keep(deps, entry, flight) };
  await deps.store.delete(request.key);
  return { own: toResponse(entry), why };
}

function toResponse(entry: Entry): Response {
  const { status, cookies } = entry;
  const response = new Response(entry.body, {
    status,
    headers: { ...entry.fields },
    encodeBody: 'manual',
  });
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

/** Takes an answer in whole and stores it, or hands it on where it may not be stored. */
export async function receive(
  deps: FillDeps,
  request: CacheRequest,
  response: Response,
  arrival: Arrival,
  flight: Flight<Filled>,
): Promise<Filled> {
  const { policy } = deps;
  const why = notStorable(request.forward, arrival, policy);
  if (why) return { own: response, why };
  const draft = toEntry(request, arrival, new ArrayBuffer(0), policy);
  if (draft.deleteAt <= arrival.nowMs) return { own: response, why: 'useless' };
  if (Number(arrival.fields['content-length'] ?? 0) > policy.bodyLimitBytes) {
    return { own: response, why: 'too-large' };
  }
  const ready = wholeBodyOf(response);
  if (ready && ready.byteLength > policy.bodyLimitBytes) return { own: response, why: 'too-large' };
  const body = ready ? { whole: ready } : await takeIn(deps, request, response, flight);
  if ('own' in body) return { own: body.own, why: 'too-large' };
  const entry = { ...draft, body: body.whole };
  const stored = await keep(deps, entry, flight);
  return { shared: entry, fwdStatus: arrival.status, stored };
}

/** All of a body, or, where it is too large, the answer for the request that asked alone. */
async function takeIn(
  { policy }: FillDeps,
  request: CacheRequest,
  response: Response,
  { begin }: Flight<Filled>,
): Promise<{ whole: ArrayBuffer } | { own: Response }> {
  const { bodyLimitBytes, streamedFromBytes, chunkWaitMs } = policy;
  const mayBegin = begin !== undefined && !hasConditions(request.client);
  const waitFor = mayBegin ? Math.min(streamedFromBytes, bodyLimitBytes) : bodyLimitBytes;
  const start = await readWhole(response.body, waitFor, chunkWaitMs);
  if ('whole' in start) return start;
  if (waitFor === bodyLimitBytes || !begin) return { own: withBody(response, start.stream) };
  const [theirs, ours] = start.stream.tee();
  const own = withBody(response, theirs);
  begin(own);
  const all = await readWhole(ours, bodyLimitBytes, chunkWaitMs);
  if ('whole' in all) return all;
  // Not waited for: it ends when the client has its half.
  all.stream.cancel().catch(() => undefined);
  return { own };
}

function withBody({ status, statusText, headers }: Response, body: ReadableStream): Response {
  return new Response(body, { status, statusText, headers, encodeBody: 'manual' });
}

/** Stores an answer unless a purge that is about it came since it was asked for. */
async function keep(deps: FillDeps, entry: Entry, flight: Flight<Filled>): Promise<boolean> {
  if (flight.isOutdated(entry)) return false;
  await deps.store.put(entry);
  // A store that answers later may have been purged in between.
  if (flight.isOutdated(entry)) {
    await deps.store.delete(entry.key);
    return false;
  }
  return true;
}

/** What the origin is sent: the cache's own conditions instead of the client's (RFC 9111 §4.3.1). */
function validating(forward: Headers, old: Entry | undefined): Headers {
  if (!old && !hasConditions(forward)) return forward;
  const headers = new Headers(forward);
  for (const name of CLIENT_CONDITIONS) headers.delete(name);
  const { etag, 'last-modified': lastModified } = old?.fields ?? {};
  if (etag) headers.set('if-none-match', etag);
  if (lastModified) headers.set('if-modified-since', lastModified);
  return headers;
}
