/** Decides whether an answer may be stored by a shared cache (RFC 9111 §3), and says why not. */
import { answerDirectives } from './answer-directives.ts';
import type { Directives } from './directives.ts';
import { listMembers } from './fields.ts';
import type { CachePolicy } from './policy.ts';

/** RFC 9110 §15.1, without 206: parts are never stored. */
const HEURISTICALLY_CACHEABLE = new Set([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501]);
/** What HTTP defines beside those (RFC 9110 §15, RFC 6585, RFC 7725): all a cache must know of them is here. */
const UNDERSTOOD_TOO = new Set([
  201, 202, 205, 302, 303, 307, 400, 401, 402, 403, 406, 407, 408, 409, 411, 412, 413, 415, 416,
  417, 421, 422, 426, 428, 429, 431, 451, 500, 502, 503, 504, 505, 511,
]);
/** A final answer, but never one to be stored whole. */
const NEVER_STORED = new Set([206, 304]);

export const isHeuristicallyCacheable = (status: number): boolean =>
  HEURISTICALLY_CACHEABLE.has(status);

type Fields = Readonly<Record<string, string>>;
type StorePolicy = Pick<CachePolicy, 'targetedFields' | 'guessesFreshness' | 'storesCookies'>;

/** Why an answer to a GET is not stored, for `Cache-Status`; `undefined` where it may be. */
export function notStorable(
  request: Headers,
  answer: { status: number; fields: Fields; cookies: readonly string[] },
  policy: StorePolicy,
): string | undefined {
  const { status, fields, cookies } = answer;
  const { directives, targeted } = answerDirectives(fields, policy.targetedFields);
  if (isNeverStored(status)) return 'status';
  if (forbids(directives, status)) return 'forbidden';
  if (isAuthorized(request) && !allowsAuthorized(directives)) return 'authorization';
  if (!policy.storesCookies && cookies.length > 0) return 'set-cookie';
  if (listMembers(fields['vary']).includes('*')) return 'vary';
  if (hasExplicitLifetime(directives, targeted ? {} : fields)) return undefined;
  return mayGuess(status, policy) ? undefined : 'not-explicit';
}

const isNeverStored = (status: number): boolean => status < 200 || NEVER_STORED.has(status);

const isAuthorized = (request: Headers): boolean => request.has('authorization');

const mayGuess = (status: number, policy: StorePolicy): boolean =>
  policy.guessesFreshness && isHeuristicallyCacheable(status);

const isUnderstood = (status: number): boolean =>
  isHeuristicallyCacheable(status) || UNDERSTOOD_TOO.has(status);

function forbids(directives: Directives, status: number): boolean {
  // RFC 9111 §5.2.2.3: who understands the status goes by the other directives, `no-store` aside.
  if (directives.has('must-understand')) return !isUnderstood(status) || directives.has('private');
  return directives.has('no-store') || directives.has('private');
}

/** RFC 9111 §3.5. */
const allowsAuthorized = (directives: Directives): boolean =>
  ['public', 's-maxage', 'must-revalidate'].some((name) => directives.has(name));

function hasExplicitLifetime(directives: Directives, fields: Fields): boolean {
  const named = ['max-age', 's-maxage', 'public', 'no-cache'].some((name) => directives.has(name));
  return named || fields['expires'] !== undefined;
}
