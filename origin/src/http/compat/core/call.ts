/** How a call of Core v3 is let in, read, answered and refused. */
import type { Context as Request, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import type { Scope } from '../../../auth/access.ts';
import {
  AlreadyKnownError,
  isUnavailable,
  KeysUnavailableError,
  UnknownCollectionError,
  UnknownFulfilmentError,
  UnknownOrderError,
  UnknownProductError,
  UnknownVariantError,
} from '../../../domain/errors.ts';
import { parseJson } from '../../read-body.ts';
import {
  openStore,
  TooManyCallsError,
  type Store,
  type TokenDependencies,
} from '../token-access.ts';
import { RefusedCall } from './refused-call.ts';

/** What a call is told of its request. */
export interface Call {
  store: Store;
  search: URLSearchParams;
  /** A number in the path; one that is none names nothing, and the answer is 404. */
  number: (name: string) => number;
  /** The body, checked. */
  body: <T>(schema: z.ZodType<T>) => Promise<T>;
}

/** What a call answers. */
export interface Reply {
  status?: 200 | 201;
  body: unknown;
}

/** Adds a call; tells how it is written after `/core/v3/stores/:store`. */
export type AddCall = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  scope: Scope,
  handle: (call: Call) => Promise<Reply>,
) => void;

export const CORE_PREFIX = '/core/v3/stores/:store';

const BODY_MAX_BYTES = 512 * 1024;
const RETRY_AFTER_SECONDS = '5';
/** Nothing between us and a shop's own server keeps what is about its customers. */
const PRIVATE = { 'cache-control': 'private, no-store' };

/** Also where nobody says how long a body is: it is read no further. */
const limitBody = bodyLimit({
  maxSize: BODY_MAX_BYTES,
  onError: (context) => refuse(context, new RefusedCall(413, ['The body is too long.'])),
});

/** Makes the way to add calls to an app. */
export const createAddCall =
  (app: Hono, dependencies: TokenDependencies): AddCall =>
  (method, path, scope, handle) => {
    app.on(method, CORE_PREFIX + path, limitBody, async (context) => {
      try {
        const appKey = context.req.param('store') ?? '';
        const store = await openStore(dependencies, context, { appKey });
        if (!store) throw new RefusedCall(401, ['The access token is missing or not valid.']);
        if (!store.scopes.includes(scope)) {
          throw new RefusedCall(403, [`The access token does not permit ${scope}.`]);
        }
        const { status = 200, body } = await handle(toCall(context, store));
        return context.json(body, status, PRIVATE);
      } catch (error) {
        return refuse(context, error);
      }
    });
  };

const toCall = (context: Request, store: Store): Call => ({
  store,
  search: new URL(context.req.url).searchParams,
  number: (name) => {
    const number = Number(context.req.param(name));
    if (!Number.isSafeInteger(number)) throw new RefusedCall(404, ['Not Found']);
    return number;
  },
  body: async (schema) => {
    const { data, error } = schema.safeParse(await readJson(context));
    if (data !== undefined) return data;
    const issues = error?.issues ?? [];
    throw new RefusedCall(
      400,
      issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`),
    );
  },
});

async function readJson({ req }: Request): Promise<unknown> {
  try {
    return parseJson(await req.arrayBuffer());
  } catch {
    throw new RefusedCall(400, ['The body is not JSON.']);
  }
}

const UNKNOWN = [
  UnknownProductError,
  UnknownVariantError,
  UnknownCollectionError,
  UnknownOrderError,
  UnknownFulfilmentError,
];

/** Clients read the status: 409 has them look for what is there, 503 has them come again. */
function refuse(context: Request, error: unknown): Response {
  const { status, messages } = toRefusal(error);
  const errors = messages.map((message) => ({ message }));
  const again = status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {};
  return context.json({ errors }, status, { ...PRIVATE, ...again });
}

function toRefusal(error: unknown): {
  status: RefusedCall['status'] | 429 | 503;
  messages: readonly string[];
} {
  if (error instanceof RefusedCall) return error;
  if (error instanceof TooManyCallsError) return { status: 429, messages: ['Too Many Requests'] };
  if (error instanceof AlreadyKnownError) return { status: 409, messages: [error.message] };
  if (UNKNOWN.some((kind) => error instanceof kind))
    return { status: 404, messages: ['Not Found'] };
  if (isUnavailable(error) || error instanceof KeysUnavailableError) {
    return { status: 503, messages: ['Service Unavailable'] };
  }
  throw error;
}
