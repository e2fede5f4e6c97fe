/** How a call of v1 with a token is let in, read, answered and refused. */
import type { Context as Request, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import type { Scope } from '../../../auth/access.ts';
import {
  isUnavailable,
  KeysUnavailableError,
  UnknownReviewError,
  UnknownSubjectError,
} from '../../../domain/errors.ts';
import { parseJson } from '../../read-body.ts';
import {
  openStore,
  TooManyCallsError,
  type Store,
  type TokenDependencies,
} from '../token-access.ts';

/** What a call is told of its request. */
export interface Call {
  store: Store;
  part: (name: string) => string;
  search: URLSearchParams;
  /** The fields of the body, as they came. */
  fields: Readonly<Record<string, unknown>>;
}

/** A call that is refused, with what is wrong in words for its client. */
export class RefusedCall extends Error {
  readonly code: 400 | 401 | 403 | 404;

  constructor(code: RefusedCall['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Nothing between us and a shop's own server keeps what is about its customers. */
export const PRIVATE = { 'cache-control': 'private, no-store' };

const BODY_MAX_BYTES = 512 * 1024;
const RETRY_AFTER_SECONDS = '5';

/**
 * Adds a call: its path names the shop as `:appKey`, or the shop is the token's. Its answer is sent as
 * it is.
 */
export function addSecretCall(
  app: Hono,
  dependencies: TokenDependencies,
  {
    method,
    path,
    scope,
  }: { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; scope: Scope },
  handle: (call: Call) => Promise<unknown>,
): void {
  const limit = bodyLimit({
    maxSize: BODY_MAX_BYTES,
    onError: (context) => sendRefusal(context, 413, 'Payload Too Large'),
  });
  app.on(method, path, limit, async (context) => {
    try {
      const search = new URL(context.req.url).searchParams;
      const fields = await readFields(context);
      const utoken = search.get('utoken') ?? textOf(fields['utoken']);
      const appKey = context.req.param('appKey');
      const store = await openStore(dependencies, context, { appKey, utoken });
      if (!store) throw new RefusedCall(401, 'Unauthorized');
      if (!store.scopes.includes(scope)) throw new RefusedCall(403, 'Forbidden');
      const part = (name: string) => context.req.param(name) ?? '';
      return context.json(await handle({ store, part, search, fields }), 200, PRIVATE);
    } catch (error) {
      if (error instanceof RefusedCall) return sendRefusal(context, error.code, error.message);
      if (error instanceof TooManyCallsError) {
        return sendRefusal(context, 429, 'Too Many Requests');
      }
      if (UNKNOWN.some((kind) => error instanceof kind)) {
        return sendRefusal(context, 404, 'Not Found');
      }
      if (!isUnavailable(error) && !(error instanceof KeysUnavailableError)) throw error;
      return sendRefusal(context, 503, 'Service Unavailable');
    }
  });
}

/**
 * The fields of a body, checked.
 * @throws RefusedCall with what is wrong, field by field
 */
export function checked<T>(schema: z.ZodType<T>, fields: unknown): T {
  const { data, error } = schema.safeParse(fields);
  if (data !== undefined) return data;
  const problems = error?.issues.map(
    ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
  );
  throw new RefusedCall(400, problems?.join('; ') ?? '');
}

const UNKNOWN = [UnknownReviewError, UnknownSubjectError];

function sendRefusal(
  context: Request,
  code: RefusedCall['code'] | 413 | 429 | 503,
  message: string,
): Response {
  const again = code === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {};
  return context.json({ status: { code, message } }, code, { ...PRIVATE, ...again });
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** @throws RefusedCall */
async function readFields({ req }: Request): Promise<Record<string, unknown>> {
  if (req.method === 'GET') return {};
  try {
    const fields = parseJson(await req.arrayBuffer());
    if (typeof fields === 'object' && fields !== null) return { ...fields };
  } catch {
    throw new RefusedCall(400, 'The body is not JSON.');
  }
  throw new RefusedCall(400, 'The body is not a JSON object.');
}
