/** The steps of every request: who asks, how often, what for, may they, is it well said; then the work. */
import type { Context } from 'hono';
import { z } from 'zod';
import type { Authenticate, Scope } from '../../auth/access.ts';
import type { Context as DomainContext } from '../../domain/context.ts';
import { answerOnce } from '../../domain/requests/answer-once.ts';
import { findShopById } from '../../domain/shops/find.ts';
import { tellPace, type Pace } from '../pace.ts';
import { ProblemError } from '../problems.ts';
import { parseJson, toBodyProblem } from '../read-body.ts';
import { keyOf } from '../storefront-request.ts';
import { entityTagOf, lists, matchRequired } from './entity-tag.ts';
import { receiveFile, type FileIntake } from './receive-file.ts';
import { RefusedInputError, type Caller, type Operation, type RawRequest } from './operation.ts';

/** What the steps need. */
export interface AnswerDependencies {
  domain: DomainContext;
  authenticate: Authenticate;
  pace: Pace;
  /** What takes a file cannot be asked without one. */
  intake?: FileIntake | undefined;
}

const MEDIA_TYPES = new Set(['application/json', 'application/merge-patch+json']);
/** An id of ours has fewer letters, and the database takes no U+0000. */
const PARAMETER = /^[^\0]{1,255}$/;

/** Makes the handler of an operation. */
export const answerOperation =
  (operation: Operation, dependencies: AnswerDependencies) =>
  async (context: Context): Promise<Response> => {
    // A file that is refused is not read to its end: nothing may come behind it.
    if (operation.fileTypes) context.header('connection', 'close');
    const caller = await admit(context, operation.scope, dependencies);
    const query = readQuery(context);
    const sent = await readSent(context, operation, dependencies, { caller, query });
    const request: RawRequest = {
      ...caller,
      params: readParameters(context),
      query,
      body: sent.body,
      requireMatch: operation.isConditional
        ? matchRequired(context.req.header('if-match'))
        : () => {},
    };
    try {
      return send(context, operation, await answer(context, operation, request, sent));
    } finally {
      await sent.end();
    }
  };

/** What a request says beside its address. */
interface Sent {
  body: unknown;
  /** All of it, or what stands for it. */
  content: string;
  /** Called in the end. */
  end: () => Promise<void>;
}

async function readSent(
  context: Context,
  { body, fileTypes, checkQuery }: Operation,
  { intake }: AnswerDependencies,
  { caller, query }: { caller: Caller; query: RawRequest['query'] },
): Promise<Sent> {
  if (!body) return { body: undefined, content: '', end: NOTHING };
  if (!fileTypes) {
    const bytes = await readBytes(context);
    return { body: parseJson(bytes), content: Buffer.from(bytes).toString(), end: NOTHING };
  }
  await refused(() => checkQuery(query));
  if (!intake) throw new ProblemError('unavailable');
  const { file, end } = await receiveFile(context, intake, caller, fileTypes);
  const { search } = new URL(context.req.url);
  return { body: file, content: `${search}\n${file.mediaType}\n${file.digest}`, end };
}

const NOTHING = () => Promise.resolve();

/** Does what is asked, once for all requests of one key. */
async function answer(
  context: Context,
  operation: Operation,
  request: RawRequest,
  { content }: Sent,
): Promise<Answer> {
  const { idempotencyKey: key } = operation.isRepeatable ? keyOf(context) : {};
  if (key === undefined) return run(operation, request);
  const { domain, shop, access } = request;
  const kept = await answerOnce(
    domain,
    shop.id,
    { appId: access.appId, key, content: `${context.req.method} ${context.req.path}\n${content}` },
    async (within) => JSON.stringify(await run(operation, { ...request, domain: within })),
  );
  return keptAnswer.parse(JSON.parse(kept));
}

const keptAnswer = z.object({ body: z.unknown(), location: z.string().exactOptional() });

type Answer = Awaited<ReturnType<Operation['answerRequest']>>;

/**
 * Who may go on.
 * @throws ProblemError 401, 403, 429
 */
async function admit(
  context: Context,
  scope: Scope,
  { domain, authenticate, pace }: AnswerDependencies,
): Promise<Caller> {
  const authorization = context.req.header('authorization');
  const access = await authenticate(authorization);
  if (!access) {
    // RFC 6750 §3.1: who sent nothing is told nothing.
    const challenge = authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
    context.header('www-authenticate', challenge);
    throw new ProblemError('unauthorized', { detail: 'Send an access token that is good.' });
  }
  if (!tellPace(context, pace(access.appId))) throw new ProblemError('too-many-requests');
  if (!access.scopes.includes(scope)) {
    context.header('www-authenticate', `Bearer error="insufficient_scope", scope="${scope}"`);
    throw new ProblemError('forbidden', { detail: `This takes the scope ${scope}.` });
  }
  const shop = await findShopById(domain.db, access.shopId);
  return { access, shop, domain: { ...domain, actor: `app:${access.appId}` } };
}

async function readBytes(context: Context): Promise<ArrayBuffer> {
  const mediaType = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (mediaType === undefined || !MEDIA_TYPES.has(mediaType)) {
    throw new ProblemError('unsupported-media-type', { detail: 'Send JSON as application/json.' });
  }
  return context.req.arrayBuffer();
}

function readParameters(context: Context): Record<string, string> {
  const params = context.req.param();
  const areIds = Object.values(params).every(
    (value) => PARAMETER.test(value) && value.isWellFormed(),
  );
  if (!areIds) throw new ProblemError('not-found');
  return params;
}

function readQuery(context: Context): Record<string, string> {
  const { searchParams } = new URL(context.req.url);
  for (const name of searchParams.keys()) {
    if (searchParams.getAll(name).length === 1) continue;
    const detail = `"${name}" must be given once.`;
    throw new ProblemError('invalid-parameter', { parameter: name, detail });
  }
  return Object.fromEntries(searchParams);
}

const run = (operation: Operation, request: RawRequest): Promise<Answer> =>
  refused(() => operation.answerRequest(request));

/** @throws ProblemError where an operation refuses what was said */
async function refused<T>(work: () => T): Promise<Awaited<T>> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RefusedInputError ? toProblemError(error) : error;
  }
}

function toProblemError({ part, issues }: RefusedInputError): ProblemError {
  if (part === 'query') {
    const [issue] = issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const parameter = unknown ?? String(issue?.path[0] ?? '');
    const detail =
      unknown === undefined
        ? `"${parameter}": ${issue?.message}`
        : `"${unknown}" is not known here.`;
    return new ProblemError('invalid-parameter', { parameter, detail });
  }
  return toBodyProblem(issues);
}

function send(context: Context, { status, isTagged }: Operation, answer: Answer): Response {
  const { body, tagged, location } = answer;
  if (location !== undefined) context.header('location', `/api/v1${location}`);
  if (tagged !== undefined) {
    const tag = entityTagOf(tagged);
    context.header('etag', tag);
    const isKnown = lists(context.req.header('if-none-match'), tag, { weakly: true });
    if (isTagged && isKnown) return context.body(null, 304);
  }
  if (status === 204) return context.body(null, 204);
  if (answer.stream) {
    const { pieces, mediaType } = answer.stream;
    return context.body(toBytes(pieces), 200, { 'content-type': mediaType });
  }
  return context.body(JSON.stringify(body), status, {
    'content-type': 'application/json; charset=utf-8',
  });
}

/** Reads on as fast as the client does; what fails in the middle breaks the connection off. */
function toBytes(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}
