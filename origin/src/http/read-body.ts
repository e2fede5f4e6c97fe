/** Reads and checks a request body; whatever is wrong with it is named field by field. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { isTooDeep } from './is-too-deep.ts';
import { ProblemError } from './problems.ts';

/** Storefront writes come as text/plain, which costs no preflight; servers send JSON. */
const MEDIA_TYPES = new Set(['application/json', 'text/plain']);

/**
 * Reads JSON and validates it.
 * @throws ProblemError 415 for another media type, 400 for no valid JSON or wrong fields
 */
export async function readBody<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const mediaType = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== undefined && !MEDIA_TYPES.has(mediaType)) {
    throw new ProblemError('unsupported-media-type', { detail: 'Send JSON.' });
  }
  const result = schema.safeParse(parseJson(await context.req.arrayBuffer()));
  if (result.success) return result.data;
  throw toBodyProblem(result.error.issues);
}

/** The problem that names what is wrong with a body, field by field. */
export function toBodyProblem(issues: readonly z.core.$ZodIssue[]): ProblemError {
  const errors = issues.map(({ path, message }) => ({
    field: path.map(String).join('.'),
    message,
  }));
  return new ProblemError('invalid-body', { detail: 'See `errors`, field by field.', errors });
}

/**
 * Reads JSON.
 * @throws ProblemError 400
 */
export function parseJson(bytes: ArrayBuffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!isTooDeep(text)) return JSON.parse(text);
  } catch {
    throw new ProblemError('invalid-body', { detail: 'The body is not JSON in UTF-8.' });
  }
  throw new ProblemError('invalid-body', { detail: 'The body is nested too deep.' });
}
