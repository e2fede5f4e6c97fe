/**
 * A client of the management API whose types are those of its operations. It checks every answer against
 * the schema that the OpenAPI document is made of: what it does not describe fails the test.
 */
import { isDeepStrictEqual } from 'node:util';
import { PROBLEM_MEDIA_TYPE, type Problem } from '@plaudit/contract';
import { z } from 'zod';
import type { Operation, ParameterOf } from '../src/http/management/operation.ts';
import type { SentFile } from '../src/http/management/receive-file.ts';
import { operations } from '../src/http/management/operations.ts';

type Operations = typeof operations;
/** What a call of an operation that takes files is given. */
export interface TestFile {
  content: NonNullable<RequestInit['body']>;
  mediaType: string;
  coding?: string;
}
const isFile = (body: unknown): body is TestFile =>
  typeof body === 'object' && body !== null && 'mediaType' in body && 'content' in body;

export type OperationName = keyof Operations;

type Input<O> =
  O extends Operation<infer Path, infer Q, infer B>
    ? {
        params?: Record<ParameterOf<Path>, string>;
        query?: z.output<Q>;
        body?: B extends z.ZodType<SentFile> ? TestFile : B extends z.ZodType ? z.input<B> : never;
        ifMatch?: string;
        key?: string;
      }
    : never;
type Output<O> =
  O extends Operation<string, z.ZodObject, z.ZodType | undefined, infer A>
    ? A extends z.ZodType
      ? z.output<A>
      : undefined
    : never;

/** What a call of that name is given. */
export type InputOf<Name extends OperationName> = Input<Operations[Name]>;

/** What came back. */
export interface Answered<T> {
  status: number;
  headers: Headers;
  data: T;
}

/** Thrown where a problem came back. */
export class AnsweredProblem extends Error {
  readonly problem: Problem;
  readonly headers: Headers;

  constructor(problem: Problem, headers: Headers) {
    super(`${problem.status} ${problem.type}: ${problem.detail}`);
    this.problem = problem;
    this.headers = headers;
  }
}

/** Makes it. */
export const createManagementClient =
  (baseUrl: string, token: string) =>
  async <Name extends OperationName>(
    name: Name,
    input: InputOf<Name> = {} as InputOf<Name>,
  ): Promise<Answered<Output<Operations[Name]>>> => {
    const operation: Operation = operations[name];
    const { path, init } = toRequest(operation, input);
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    const answer = await fetch(`${baseUrl}/api/v1${path}`, { ...init, headers });
    const data = await readAnswer(operation, answer);
    const { status, headers: fields } = answer;
    return { status, headers: fields, data: data as Output<Operations[Name]> };
  };

function toRequest(
  operation: Operation,
  { params = {}, query = {}, body, ifMatch, key }: Input<Operation>,
) {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) =>
    encodeURIComponent((params as Record<string, string>)[parameter] ?? ''),
  );
  const search = new URLSearchParams(z.encode(operation.query, query) as Record<string, string>);
  const sent = isFile(body)
    ? body
    : { content: JSON.stringify(body), mediaType: 'application/json', coding: undefined };
  const headers: Record<string, string> = {
    ...(body !== undefined && { 'content-type': sent.mediaType }),
    ...(sent.coding !== undefined && { 'content-encoding': sent.coding }),
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  return {
    path: search.size > 0 ? `${path}?${search}` : path,
    init: {
      method: operation.method.toUpperCase(),
      headers,
      ...(body !== undefined && { body: sent.content, duplex: 'half' }),
    },
  };
}

async function readAnswer({ status, answer: schema, mediaTypes }: Operation, answer: Response) {
  if (answer.headers.get('content-type') === PROBLEM_MEDIA_TYPE) {
    throw new AnsweredProblem((await answer.json()) as Problem, answer.headers);
  }
  const text = await answer.text();
  if (mediaTypes) return text;
  const data: unknown = text === '' ? undefined : JSON.parse(text);
  if (answer.status !== status || !isDeepStrictEqual(schema?.parse(data), data)) {
    throw new Error(`An answer that is not described: ${answer.status} ${text}`);
  }
  return data;
}

export type ManagementClient = ReturnType<typeof createManagementClient>;

/** The problem that a call is answered with. */
export async function problemOf(call: Promise<unknown>): Promise<AnsweredProblem> {
  try {
    await call;
  } catch (error) {
    if (error instanceof AnsweredProblem) return error;
    throw error;
  }
  throw new Error('There was no problem.');
}
