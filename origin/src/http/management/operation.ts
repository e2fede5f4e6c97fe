/**
 * What the management API can do is a table of operations. Each is described once: its schemas validate
 * requests, give the handlers their types, and make the OpenAPI document.
 */
import type { ProblemName } from '@plaudit/contract';
import { z } from 'zod';
import type { Access, Scope } from '../../auth/access.ts';
import type { Context } from '../../domain/context.ts';
import type { Shop } from '../../domain/shops/find.ts';

/** The names in `{braces}` of a path. */
export type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** Query parameters, each read from a text. */
type Query = z.ZodObject;
type MaybeBody = z.ZodType | undefined;
type OutputOf<Body extends MaybeBody> = Body extends z.ZodType ? z.output<Body> : undefined;

/** What every handler is given. */
export interface Caller {
  /** In the name of the app that calls. */
  domain: Context;
  shop: Shop;
  access: Access;
}

/** A request that was read and is what its schemas say. */
export interface OperationRequest<
  Path extends string,
  Q extends Query,
  B extends MaybeBody,
> extends Caller {
  params: Record<ParameterOf<Path>, string>;
  query: z.output<Q>;
  body: OutputOf<B>;
  /**
   * Refuses the request where the caller's `If-Match` does not name what there is now.
   * @throws ProblemError 412
   */
  requireMatch: (current: unknown) => void;
}

/** What a handler answers. */
export interface OperationAnswer<A> {
  body: A;
  /** What the `ETag` is made of. */
  tagged?: unknown;
  /** Where what was made is found, below `/api/v1`. */
  location?: string;
  /** In place of the body: a text of any length, and what it is. */
  stream?: { pieces: AsyncIterable<string>; mediaType: string };
}

/** What is known of an operation without running it. */
export interface OperationShape<
  Path extends string = string,
  Q extends Query = Query,
  B extends MaybeBody = MaybeBody,
  A extends MaybeBody = MaybeBody,
> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, as OpenAPI writes it. */
  path: Path;
  scope: Scope;
  /** A phrase in the imperative. */
  summary: string;
  /** What else there is to know. */
  description?: string;
  query: Q;
  /** Named, or absent where the operation takes none. */
  body: B;
  /** What it takes is a file of one of these kinds, not JSON. */
  fileTypes?: readonly string[];
  status: 200 | 201 | 202 | 204;
  /** Named, or absent with 204. */
  answer: A;
  /** It changes what others may be changing: `If-Match` is required. */
  isConditional: boolean;
  /** Done again it would do more: `Idempotency-Key` is honoured. */
  isRepeatable: boolean;
  /** A read with an `ETag`: `If-None-Match` is honoured. */
  isTagged: boolean;
  /** What it answers is one of these texts, not JSON. */
  mediaTypes?: readonly string[];
  /** What it may answer beyond what the rest of this tells. */
  problems?: readonly ProblemName[];
}

/** Everything of a request that an operation has not read yet. */
export interface RawRequest extends Caller {
  params: Record<string, string>;
  query: Record<string, string>;
  /** JSON or a file, or undefined where the operation takes none. */
  body: unknown;
  requireMatch: (current: unknown) => void;
}

/** An operation. */
export interface Operation<
  Path extends string = string,
  Q extends Query = Query,
  B extends MaybeBody = MaybeBody,
  A extends MaybeBody = MaybeBody,
> extends OperationShape<Path, Q, B, A> {
  /**
   * For what takes a file: nobody should send one for nothing.
   * @throws RefusedInputError
   */
  checkQuery: (query: RawRequest['query']) => void;
  /** @throws RefusedInputError when a part is not what its schema says */
  answerRequest: (request: RawRequest) => Promise<OperationAnswer<unknown>>;
}

/** A part of a request that its schema refuses. */
export class RefusedInputError extends Error {
  readonly part: 'query' | 'body';
  readonly issues: readonly z.core.$ZodIssue[];

  constructor(part: 'query' | 'body', issues: readonly z.core.$ZodIssue[]) {
    super(`The ${part} is refused.`);
    this.part = part;
    this.issues = issues;
  }
}

/** What an operation may leave out. */
type Definition<
  Path extends string,
  Q extends Query,
  B extends MaybeBody,
  A extends MaybeBody,
> = Pick<
  OperationShape<Path>,
  'method' | 'path' | 'scope' | 'summary' | 'description' | 'fileTypes' | 'mediaTypes' | 'problems'
> & {
  path: Path;
  query?: Q;
  body?: B;
  status?: OperationShape['status'];
  answer?: A;
  isConditional?: boolean;
  isRepeatable?: boolean;
  isTagged?: boolean;
  run: (request: OperationRequest<Path, Q, B>) => Promise<OperationAnswer<OutputOf<A>>>;
};

const NO_QUERY = z.strictObject({});

/** Makes an operation of its description and of what it does. */
export function operation<
  const Path extends string,
  Q extends Query = typeof NO_QUERY,
  B extends MaybeBody = undefined,
  A extends MaybeBody = undefined,
>({ run, ...definition }: Definition<Path, Q, B, A>): Operation<Path, Q, B, A> {
  const shape = {
    status: 200 as const,
    isConditional: false,
    isRepeatable: false,
    isTagged: false,
    ...definition,
    // What is left out is what the types say by default.
    query: (definition.query ?? NO_QUERY) as Q,
    body: definition.body as B,
    answer: definition.answer as A,
  };
  return {
    ...shape,
    checkQuery: (query) => {
      read('query', shape.query, query);
    },
    answerRequest: ({ params, query, body, ...rest }) =>
      run({
        ...rest,
        params,
        query: read('query', shape.query, query) as z.output<Q>,
        body: (shape.body && read('body', shape.body, body)) as OutputOf<B>,
      }),
  };
}

function read(part: 'query' | 'body', schema: z.ZodType, value: unknown): unknown {
  const { success, data, error } = schema.safeParse(value);
  if (!success) throw new RefusedInputError(part, error.issues);
  return data;
}
