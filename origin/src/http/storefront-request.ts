/** What the routes of the storefront API share: how requests are read, and refused. */
import { PRODUCT_ID_MAX_LENGTH, SITE_PRODUCT_ID, toProblem, type Parsed } from '@plaudit/contract';
import { idempotencyKey } from '@plaudit/contract/schema';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RESERVED_ID } from '../domain/products/site.ts';
import { NO_STORE } from './caching-policy.ts';
import { ProblemError, sendProblem } from './problems.ts';

/** A review of the longest texts in the widest letters fits, with room to spare. */
const SUBMISSION_MAX_BYTES = 64 * 1024;
const IDEMPOTENCY_FIELD = 'idempotency-key';

/** RFC 9110 §15.5.6: the answer names what is allowed instead. */
export const refuseMethod = (allow: string) => (context: Context) =>
  sendProblem(context, toProblem('method-not-allowed'), { ...NO_STORE, allow });

/** The parameters of a request. */
export const searchOf = (url: string): URLSearchParams => new URL(url).searchParams;

/** What was read, or the problem that names the wrong parameter. */
export function valueOf<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  const { parameter, detail } = parsed;
  throw new ProblemError('invalid-parameter', { parameter, detail });
}

/** Refuses what cannot be the id of a product, and may be more than the database can hold. */
export function requireProductId(id: string): void {
  if (id === SITE_PRODUCT_ID) throw new ProblemError('not-found', { detail: RESERVED_ID });
  if (id.length <= PRODUCT_ID_MAX_LENGTH && !id.includes('\0') && id.isWellFormed()) return;
  const detail = `A product id has 1 to ${PRODUCT_ID_MAX_LENGTH} characters.`;
  throw new ProblemError('not-found', { detail });
}

/** The key of the header field; where there is one, it wins over the body's. */
export function keyOf(context: Context): { idempotencyKey?: string } {
  const field = context.req.header(IDEMPOTENCY_FIELD);
  if (field === undefined) return {};
  const { data, error } = idempotencyKey.safeParse(field);
  if (data !== undefined) return { idempotencyKey: data };
  const errors = error.issues.map(({ message }) => ({ field: IDEMPOTENCY_FIELD, message }));
  throw new ProblemError('invalid-body', { detail: 'See `errors`, field by field.', errors });
}

/** Refuses what is longer than any storefront write. */
export const limitBody = () =>
  bodyLimit({
    maxSize: SUBMISSION_MAX_BYTES,
    onError: () => {
      const detail = `A review has at most ${SUBMISSION_MAX_BYTES} bytes.`;
      throw new ProblemError('body-too-large', { detail });
    },
  });
