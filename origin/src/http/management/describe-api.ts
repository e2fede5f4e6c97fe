/** Writes the OpenAPI 3.1 document of the very operations that answer. */
import type { ProblemName } from '@plaudit/contract';
import { PROBLEM_MEDIA_TYPE, toProblem } from '@plaudit/contract';
import { z } from 'zod';
import { SCOPES, type Scope } from '../../auth/access.ts';
import { describeScope } from '../../auth/describe-scope.ts';
import { OAUTH_PATHS } from '../../auth/provider.ts';
import type { OperationShape } from './operation.ts';
import { named, namedSchemas } from './schema.ts';

export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A parameter of an operation. */
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
  style?: 'form';
  explode?: boolean;
}

/** An operation in the document. */
export interface DescribedOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: { oauth2: string[] }[];
  parameters: Parameter[];
  requestBody?: { required: true; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, unknown>;
}

/** The document. */
export interface ApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, unknown> };
}

const problem = named(
  'Problem',
  z.object({
    type: z.string().describe('Stable, for programs: urn:plaudit:problem:NAME'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('For people: what was wrong this time').exactOptional(),
    parameter: z.string().describe('The query parameter at fault').exactOptional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).exactOptional(),
  }),
);

const schemaRef = (id: string): string => `#/components/schemas/${id}`;

function refOf(schema: z.ZodType): JsonSchema {
  const id = namedSchemas.get(schema)?.id;
  if (id === undefined)
    throw new Error('A body or an answer has no name: give it one with named().');
  return { $ref: schemaRef(id) };
}

/** Describes operations; each stands under its name. */
export function describeApi(operations: readonly [string, OperationShape][]): ApiDocument {
  const paths: ApiDocument['paths'] = {};
  for (const [name, shape] of operations.toSorted(([, a], [, b]) => compare(a, b))) {
    paths[shape.path] = { ...paths[shape.path], [shape.method]: describeOperation(name, shape) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plaudit management API',
      version: '1',
      description:
        'For servers and apps, with an access token of OAuth 2. A token reaches one shop. Errors are problem documents (RFC 9457); instants are RFC 3339; what is absent is left out.',
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: { schemas: describeSchemas(), securitySchemes: { oauth2: describeSignIn() } },
  };
}

const METHODS: readonly OperationShape['method'][] = ['get', 'post', 'put', 'patch', 'delete'];

/** By path; of one path, reads come first. */
const compare = (a: OperationShape, b: OperationShape): number =>
  a.path === b.path
    ? METHODS.indexOf(a.method) - METHODS.indexOf(b.method)
    : a.path.localeCompare(b.path, 'en');

function describeSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(namedSchemas, { io: 'input', uri: schemaRef });
  // The document says both for all of them.
  for (const schema of Object.values(schemas)) {
    delete schema.$id;
    delete schema.$schema;
  }
  return schemas;
}

const describeSignIn = () => {
  const scopes = Object.fromEntries(SCOPES.map((scope: Scope) => [scope, describeScope(scope)]));
  const { authorization: authorizationUrl, token: tokenUrl } = OAUTH_PATHS;
  return {
    type: 'oauth2',
    flows: {
      clientCredentials: { tokenUrl, scopes },
      authorizationCode: { authorizationUrl, tokenUrl, refreshUrl: tokenUrl, scopes },
    },
  };
};

function describeOperation(operationId: string, shape: OperationShape): DescribedOperation {
  const { summary, description, scope, body, fileTypes } = shape;
  return {
    operationId,
    summary,
    ...(description !== undefined && { description }),
    tags: [shape.path.split('/')[1] ?? ''],
    security: [{ oauth2: [scope] }],
    parameters: [...pathParameters(shape), ...queryParameters(shape), ...fieldParameters(shape)],
    ...(body && {
      requestBody: {
        required: true,
        content: fileTypes ? toTexts(fileTypes) : { 'application/json': { schema: refOf(body) } },
      },
    }),
    responses: describeResponses(shape),
  };
}

const pathParameters = ({ path }: OperationShape): Parameter[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  }));

function queryParameters({ query }: OperationShape): Parameter[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'output' });
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema }: JsonSchema = typeof property === 'boolean' ? {} : property;
    return {
      name,
      in: 'query',
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema,
      // A list is written with commas.
      ...(schema.type === 'array' && { style: 'form', explode: false }),
    };
  });
}

function fieldParameters({ isConditional, isRepeatable, isTagged }: OperationShape): Parameter[] {
  const field = (name: string, required: boolean, description: string): Parameter => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  const match = 'The ETag of what was read; * changes whatever is there.';
  const seen = 'The ETag of what you have: it is not sent again.';
  const key = 'Yours, for this one request: sent again within a day it gets the same answer.';
  return [
    ...(isConditional ? [field('If-Match', true, match)] : []),
    ...(isRepeatable ? [field('Idempotency-Key', false, key)] : []),
    ...(isTagged ? [field('If-None-Match', false, seen)] : []),
  ];
}

const DONE = {
  200: 'It was done.',
  201: 'It was made.',
  202: 'It was taken on, and is found at Location.',
  204: 'It was done.',
} as const;

function describeResponses(shape: OperationShape): Record<string, unknown> {
  const { status, answer } = shape;
  const good = {
    description: DONE[status],
    ...(answer && { content: { 'application/json': { schema: refOf(answer) } } }),
    ...(shape.mediaTypes && { content: toTexts(shape.mediaTypes) }),
  };
  const content = { [PROBLEM_MEDIA_TYPE]: { schema: refOf(problem) } };
  const byStatus = Map.groupBy(problemsOf(shape).map(toTold), (told) => told.status);
  const problems = [...byStatus].map(([of, told]) => {
    const description = told.map(({ title }) => title).join('; or: ');
    return [of, { description, content }];
  });
  return {
    [status]: good,
    ...(shape.isTagged && { 304: { description: 'It is as If-None-Match names it.' } }),
    ...Object.fromEntries(problems),
  };
}

const toTold = (name: ProblemName) => toProblem(name);

const toTexts = (mediaTypes: readonly string[]): Record<string, { schema: JsonSchema }> =>
  Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: 'string' } }]));

function problemsOf({ path, body, ...shape }: OperationShape): ProblemName[] {
  const all: (ProblemName | false | undefined)[] = [
    body ? 'invalid-body' : 'invalid-parameter',
    'unauthorized',
    'forbidden',
    path.includes('{') && 'not-found',
    shape.isConditional && 'precondition-failed',
    body !== undefined && 'body-too-large',
    body !== undefined && 'unsupported-media-type',
    shape.fileTypes && 'unreadable-file',
    shape.fileTypes && 'invalid-parameter',
    shape.isRepeatable && 'idempotency-conflict',
    shape.isConditional && 'precondition-required',
    'too-many-requests',
    'unavailable',
    ...(shape.problems ?? []),
  ];
  return all.filter((name) => typeof name === 'string');
}
