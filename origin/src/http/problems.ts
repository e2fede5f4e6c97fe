/** Turns what went wrong into RFC 9457 problem documents; nothing of ours leaks through one. */
import { PROBLEM_MEDIA_TYPE, toProblem, type Problem, type ProblemName } from '@plaudit/contract';
import type { Context } from 'hono';
import {
  DuplicateReviewError,
  IdempotencyConflictError,
  InvalidAnswersError,
  InvalidCursorError,
  isUnavailable,
  KeysUnavailableError,
  NotEditableError,
  UnknownOrderError,
  UnknownProductError,
  UnknownReviewError,
  UnknownShopError,
  UnknownSubjectError,
  UnknownUploadError,
  UnknownVariantError,
  UnknownVersionError,
} from '../domain/errors.ts';
import { UnknownImportError } from '../domain/imports/errors.ts';
import { InvalidEndpointError, UnknownEndpointError } from '../domain/webhooks/errors.ts';
import { cachingFields, NO_STORE } from './caching-policy.ts';

/** A database that restarts is back in seconds. */
const RETRY_AFTER_SECONDS = 5;

/** What is not there, or is another shop's. */
const UNKNOWN = [
  UnknownReviewError,
  UnknownSubjectError,
  UnknownProductError,
  UnknownVariantError,
  UnknownOrderError,
  UnknownEndpointError,
  UnknownImportError,
  UnknownVersionError,
];

/** An error answer that a route decides on. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(name: ProblemName, more?: Parameters<typeof toProblem>[1]) {
    const problem = toProblem(name, more);
    super(problem.detail ?? problem.title);
    this.problem = problem;
  }
}

/** Answers with a problem document. */
export function sendProblem(
  context: Context,
  problem: Problem,
  fields: Record<string, string> = NO_STORE,
): Response {
  return context.body(JSON.stringify(problem), problem.status as 400, {
    'content-type': PROBLEM_MEDIA_TYPE,
    ...fields,
  });
}

/** The answer to an error that a route let through. */
export function answerError(context: Context, error: Error): Response {
  if (error instanceof ProblemError) return sendProblem(context, error.problem);
  const detail = error.message;
  if (error instanceof UnknownShopError) {
    const isRead = context.req.method === 'GET';
    const fields = isRead ? cachingFields('unknownShop') : NO_STORE;
    return sendProblem(context, toProblem('not-found', { detail }), fields);
  }
  if (UNKNOWN.some((kind) => error instanceof kind)) {
    return sendProblem(context, toProblem('not-found', { detail }));
  }
  if (error instanceof UnknownUploadError) return sendUnknownUpload(context, detail);
  if (error instanceof InvalidCursorError) {
    return sendProblem(context, toProblem('invalid-parameter', { detail, parameter: 'cursor' }));
  }
  if (error instanceof InvalidAnswersError) {
    const { errors } = error;
    return sendProblem(context, toProblem('invalid-body', { detail, errors }));
  }
  const name = nameOf(error);
  if (name) return sendProblem(context, toProblem(name, { detail }));
  if (isUnavailable(error) || error instanceof KeysUnavailableError) {
    const fields = { ...NO_STORE, 'retry-after': String(RETRY_AFTER_SECONDS) };
    return sendProblem(context, toProblem('unavailable'), fields);
  }
  return sendProblem(context, toProblem('internal'));
}

/** What is said of errors whose message is the whole answer. */
function nameOf(error: Error): ProblemName | undefined {
  if (error instanceof InvalidEndpointError) return 'invalid-body';
  if (error instanceof DuplicateReviewError) return 'duplicate-review';
  if (error instanceof NotEditableError) return 'not-editable';
  return error instanceof IdempotencyConflictError ? 'idempotency-conflict' : undefined;
}

/** What is read is missing; what a submission names is wrong in it. */
function sendUnknownUpload(context: Context, detail: string): Response {
  if (context.req.method === 'GET') return sendProblem(context, toProblem('not-found', { detail }));
  const errors = [{ field: 'media', message: 'must name uploads that no review has yet' }];
  return sendProblem(context, toProblem('invalid-body', { detail, errors }));
}
