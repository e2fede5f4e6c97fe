import type { ProblemName } from '@plaudit/contract';
import { problem } from './answers.ts';
import { RateLimited } from './limits.ts';
import { OriginFailure, type FailureKind } from './origin-failure.ts';

/** When a client may try again, in seconds. */
const RETRY_AFTER_SECONDS = 5;

const PROBLEMS: Record<FailureKind, ProblemName> = {
  unreachable: 'unavailable',
  unavailable: 'unavailable',
  resting: 'unavailable',
  timeout: 'gateway-timeout',
  'bad-answer': 'bad-gateway',
};

/**
 * The problem document where there is no answer: too many requests, or an origin that failed. What
 * nobody expected is still a bad answer.
 */
export function failureAnswer(failure: unknown): Response {
  if (failure instanceof RateLimited) return problem('too-many-requests', {}, failure.fields);
  const known = failure instanceof OriginFailure ? failure : undefined;
  const seconds = known?.retryAfterSeconds ?? RETRY_AFTER_SECONDS;
  return problem(PROBLEMS[known?.kind ?? 'bad-answer'], {}, { 'retry-after': String(seconds) });
}
