/** Turns what the cache came to into what the client gets. */
import { cacheStatus, type Handling } from './cache-status.ts';
import type { Cache, Outcome } from './cache.ts';
import { isNotModified } from './conditional.ts';
import { endToEnd } from './fields.ts';
import { ageSeconds } from './freshness.ts';
import type { Entry } from '../store/store.ts';

/** Statuses that never have a body (RFC 9110 §6.4.1). */
const BODILESS = new Set([204, 205, 304]);
/** Fields of a whole answer that say nothing about a 304 (RFC 9110 §15.4.5). */
const OF_THE_BODY = ['content-length', 'content-encoding', 'content-type', 'content-language'];

/** What answers where there is no answer. */
export type FailureAnswer = (failure: unknown) => Response;

export function deliver(
  cache: Cache,
  outcome: Outcome,
  client: Headers,
  onFailure: FailureAnswer,
): Response {
  if ('entry' in outcome) return fromEntry(cache, outcome.entry, client, outcome.handling);
  if ('failure' in outcome) {
    const answer = onFailure(outcome.failure);
    answer.headers.set('cache-status', cacheStatus(cache.policy.name, outcome.handling));
    return answer;
  }
  const { status, statusText, headers, body } = outcome.response;
  const fields = cache.policy.outgoing(endToEnd(headers));
  const copy = new Response(BODILESS.has(status) ? null : body, {
    status,
    statusText,
    headers: fields,
    encodeBody: 'manual',
  });
  for (const cookie of headers.getSetCookie()) copy.headers.append('set-cookie', cookie);
  return withStatus(cache, copy, outcome.handling);
}

function fromEntry(cache: Cache, entry: Entry, client: Headers, handling: Handling): Response {
  const headers: Record<string, string> = {
    ...entry.outgoing,
    age: String(ageSeconds(entry, cache.now(), cache.policy.vouches)),
    'cache-status': chained(
      entry.outgoing['cache-status'],
      cacheStatus(cache.policy.name, handling),
    ),
  };
  if (entry.status === 200 && isNotModified(client, entry.fields, cache.now())) {
    for (const name of OF_THE_BODY) delete headers[name];
    return new Response(null, { status: 304, headers });
  }
  const body = BODILESS.has(entry.status) ? null : entry.body;
  return new Response(body, { status: entry.status, headers, encodeBody: 'manual' });
}

function withStatus(cache: Cache, response: Response, handling: Handling): Response {
  const ours = cacheStatus(cache.policy.name, handling);
  const theirs = response.headers.get('cache-status') ?? undefined;
  response.headers.set('cache-status', chained(theirs, ours));
  return response;
}

/** Caches nearer to the origin come first (RFC 9211 §2). */
const chained = (theirs: string | undefined, ours: string): string =>
  theirs === undefined ? ours : `${theirs}, ${ours}`;
