/**
 * Works out, once and when an answer arrives, the instants that later decisions compare with.
 * Age follows RFC 9111 §4.2.3, lifetime §4.2.1, the stale windows RFC 5861.
 */
import { answerDirectives } from './answer-directives.ts';
import { secondsOf, type Directives } from './directives.ts';
import { parseHttpDate } from './http-date.ts';
import type { CachePolicy } from './policy.ts';
import { isHeuristicallyCacheable } from './storable.ts';

/** A stale answer with a validator is kept this long for revalidation alone. */
const VALIDATOR_KEEP_MS = 24 * 3_600_000;
/** What a cache may guess at most, whatever the answer's age (RFC 9111 §4.2.2). */
const GUESS_MAX_MS = 24 * 3_600_000;
/** Share of the time since the last change that a guess takes. */
const GUESS_SHARE = 0.1;

export interface Lifetime {
  readonly cachedAt: number;
  readonly staleAt: number;
  readonly deleteAt: number;
  readonly staleWhileRevalidateMs: number;
  readonly staleIfErrorMs: number;
  readonly staleAllowed: boolean;
}

type Fields = Readonly<Record<string, string>>;

/** @param askedAt When the request left; @param nowMs when the answer's fields arrived. */
export function lifetime(
  status: number,
  fields: Fields,
  policy: Pick<CachePolicy, 'targetedFields' | 'guessesFreshness'>,
  askedAt: number,
  nowMs: number,
): Lifetime {
  const { directives, targeted } = answerDirectives(fields, policy.targetedFields);
  const cachedAt = nowMs - initialAgeMs(fields, askedAt, nowMs);
  const alwaysAsk = directives.has('no-cache') || hasInvalidAge(fields);
  const explicitMs = explicitLifetimeMs(directives, targeted ? {} : fields, nowMs);
  const guessMs = policy.guessesFreshness
    ? guessedLifetimeMs(status, directives, fields, nowMs)
    : 0;
  const staleAt = alwaysAsk ? cachedAt : cachedAt + (explicitMs ?? guessMs);
  const staleAllowed = !alwaysAsk && !forbidsStale(directives);
  const windowMs = (name: string) => (staleAllowed ? (secondsOf(directives, name) ?? 0) * 1000 : 0);
  const staleWhileRevalidateMs = windowMs('stale-while-revalidate');
  const staleIfErrorMs = windowMs('stale-if-error');
  const keepMs = fields['etag'] || fields['last-modified'] ? VALIDATOR_KEEP_MS : 0;
  const deleteAt = staleAt + Math.max(staleWhileRevalidateMs, staleIfErrorMs, keepMs);
  return { cachedAt, staleAt, deleteAt, staleWhileRevalidateMs, staleIfErrorMs, staleAllowed };
}

/** RFC 9111 §4.2.4: these forbid every stale use; `s-maxage` implies `proxy-revalidate` (§5.2.2.10). */
function forbidsStale(directives: Directives): boolean {
  return ['must-revalidate', 'proxy-revalidate', 's-maxage'].some((name) => directives.has(name));
}

/** RFC 9111 §4.2.1, for a shared cache; `undefined` where the answer names no lifetime. */
function explicitLifetimeMs(
  directives: Directives,
  fields: Fields,
  nowMs: number,
): number | undefined {
  const seconds = secondsOf(directives, 's-maxage') ?? secondsOf(directives, 'max-age');
  if (seconds !== undefined) return seconds * 1000;
  if (fields['expires'] === undefined) return undefined;
  const expiresAt = parseHttpDate(fields['expires'], nowMs);
  // An unreadable date, above all "0", means already expired (RFC 9111 §5.3).
  if (expiresAt === undefined) return 0;
  return Math.max(0, expiresAt - (parseHttpDate(fields['date'], nowMs) ?? nowMs));
}

function guessedLifetimeMs(
  status: number,
  directives: Directives,
  fields: Fields,
  nowMs: number,
): number {
  const changedAt = parseHttpDate(fields['last-modified'], nowMs);
  const mayGuess = isHeuristicallyCacheable(status) || directives.has('public');
  if (changedAt === undefined || !mayGuess) return 0;
  const madeAt = parseHttpDate(fields['date'], nowMs) ?? nowMs;
  return Math.min(GUESS_MAX_MS, Math.max(0, madeAt - changedAt) * GUESS_SHARE);
}

function initialAgeMs(fields: Fields, askedAt: number, nowMs: number): number {
  const apparentMs = Math.max(0, nowMs - (parseHttpDate(fields['date'], nowMs) ?? nowMs));
  const ageMs = (ageOf(fields) ?? 0) * 1000;
  // A `Date` has no fractions: less than a second apart is not apart at all.
  return Math.max(apparentMs < 1000 ? 0 : apparentMs, ageMs + (ageMs > 0 ? nowMs - askedAt : 0));
}

/** A single whole number; several are as good as none, because they may come from a confused cache. */
function ageOf(fields: Fields): number | undefined {
  const age = fields['age'] ?? '';
  return /^\d+$/.test(age) ? Number(age) : undefined;
}

/** An age that cannot be read may be any age. */
const hasInvalidAge = (fields: Fields): boolean =>
  fields['age'] !== undefined && ageOf(fields) === undefined;
