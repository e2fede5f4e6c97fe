import type { ProblemName } from '@plaudit/contract';
import { problem } from './answers.ts';
import { OriginFailure, type FailureKind } from './origin.ts';

/** When a client may try again, in seconds. */
const RETRY_AFTER_SECONDS = 5;

const PROBLEMS: Record<FailureKind, ProblemName> = {
  unreachable: 'unavailable',
  unavailable: 'unavailable',
  timeout: 'gateway-timeout',
  'bad-answer': 'bad-gateway',
};

/** The problem document for an origin that failed; what is not its failure is still a bad answer. */
export function failureAnswer(failure: unknown): Response {
  const kind = failure instanceof OriginFailure ? failure.kind : 'bad-answer';
  return problem(PROBLEMS[kind], {}, { 'retry-after': String(RETRY_AFTER_SECONDS) });
}
