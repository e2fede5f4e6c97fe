/** Turns what the cache came to into what the client gets. */
import type { Entry } from '../store/store.ts';
import { bodyOf } from './body.ts';
import { cacheStatus, type Handling } from './cache-status.ts';
import type { Cache, Outcome } from './cache.ts';
import { isNotModified } from './conditional.ts';
import { endToEnd } from './fields.ts';
import { ageSeconds } from './freshness.ts';
import { partOf } from './range.ts';
import type { CacheRequest } from './request.ts';

/** Statuses that never have a body (RFC 9110 §6.4.1). */
const BODILESS = new Set([204, 205, 304]);
/** Fields of a whole answer that say nothing about a 304 (RFC 9110 §15.4.5). */
const OF_THE_BODY = ['content-length', 'content-encoding', 'content-type', 'content-language'];

/** What answers where there is no answer. */
export type FailureAnswer = (failure: unknown) => Response;

type Asked = Pick<CacheRequest, 'method' | 'client'>;

export function deliver(
  cache: Cache,
  outcome: Outcome,
  asked: Asked,
  onFailure: FailureAnswer,
): Response {
  if ('entry' in outcome) return fromEntry(cache, outcome.entry, asked, outcome.handling);
  if ('response' in outcome) return fromOrigin(cache, outcome.response, outcome.handling);
  const answer = onFailure(outcome.failure);
  answer.headers.set('cache-status', cacheStatus(cache.policy.name, outcome.handling));
  return answer;
}

/** Passes an answer on, without what was meant for this connection only. */
function fromOrigin(cache: Cache, response: Response, handling: Handling): Response {
  const { status, statusText, headers } = response;
  const copy = new Response(BODILESS.has(status) ? null : bodyOf(response), {
    status,
    statusText,
    headers: cache.policy.outgoing(endToEnd(headers), false),
    encodeBody: 'manual',
  });
  if (cache.policy.passesCookies) appendCookies(copy, headers.getSetCookie());
  const theirs = headers.get('cache-status') ?? undefined;
  copy.headers.set('cache-status', chained(theirs, cacheStatus(cache.policy.name, handling)));
  return copy;
}

function fromEntry(cache: Cache, entry: Entry, asked: Asked, handling: Handling): Response {
  const { policy } = cache;
  const nowMs = cache.now();
  const headers: Record<string, string> = {
    ...entry.outgoing,
    age: String(ageSeconds(entry, nowMs, policy.vouches)),
    'cache-status': chained(entry.outgoing['cache-status'], cacheStatus(policy.name, handling)),
  };
  if (entry.status === 200 && isNotModified(asked.client, entry.fields, nowMs)) {
    for (const name of OF_THE_BODY) delete headers[name];
    return new Response(null, { status: 304, headers });
  }
  if (asked.method === 'HEAD') {
    headers['content-length'] ??= String(entry.body.byteLength);
    return new Response(null, { status: entry.status, headers });
  }
  const response = partial(entry, asked.client, headers, nowMs) ?? whole(entry, headers);
  if (entry.cookies.length > 0) appendCookies(response, entry.cookies);
  return response;
}

function appendCookies(response: Response, cookies: readonly string[]): void {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
}

function whole(entry: Entry, headers: Record<string, string>): Response {
  const body = BODILESS.has(entry.status) ? null : entry.body;
  return new Response(body, { status: entry.status, headers, encodeBody: 'manual' });
}

/** RFC 9110 §15.3.7 and §15.5.17; `undefined` where no part was asked for. */
function partial(
  entry: Entry,
  client: Headers,
  headers: Record<string, string>,
  nowMs: number,
): Response | undefined {
  if (entry.status !== 200 || !client.has('range')) return undefined;
  const length = entry.body.byteLength;
  const part = partOf(client, entry.fields, length, nowMs);
  if (part === undefined) return undefined;
  const { 'content-length': _, ...rest } = headers;
  if (part === 'unsatisfiable') {
    const unsatisfied = { ...rest, 'content-range': `bytes */${length}` };
    return new Response(null, { status: 416, headers: unsatisfied });
  }
  const { start, end } = part;
  return new Response(entry.body.slice(start, end), {
    status: 206,
    headers: { ...rest, 'content-range': `bytes ${start}-${end - 1}/${length}` },
    encodeBody: 'manual',
  });
}

/** Caches nearer to the origin come first (RFC 9211 §2). */
const chained = (theirs: string | undefined, ours: string): string =>
  theirs === undefined ? ours : `${theirs}, ${ours}`;
