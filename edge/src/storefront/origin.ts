/**
 * Asks the origin. Nothing waits longer than the constants say, and every way to fail becomes an
 * `OriginFailure`: `fetch` in a Worker has no time limit of its own, and an error that nobody catches
 * drops the visitor's connection. An origin that keeps failing is left alone (`breaker.ts`).
 */
import { CLIENT_ADDRESS_FIELD, CLIENT_ADDRESS_PROOF_FIELD } from '@plaudit/contract';
import { BodyStalled, readWhole, withWholeBody, type WholeBody } from '../cache/body.ts';
import type { OriginFetch } from '../cache/index.ts';
import { LATE } from '../cache/within.ts';
import type { Breaker, Passage } from './breaker.ts';
import { Deadline } from './deadline.ts';
import { expectedAnswer } from './expected-answer.ts';
import { kindOfStatus, OriginFailure } from './origin-failure.ts';
import type { BeginTrace } from './tracing.ts';

/** Time limits, in milliseconds. */
export interface Waits {
  /** For the first byte of an answer to a read. */
  readonly read: number;
  /** For the first byte of an answer to a write. */
  readonly write: number;
  /** Between two pieces of a body. */
  readonly chunk: number;
  /** For a body from its first byte to its last, however steadily it drips. */
  readonly body: number;
}

export const WAITS: Waits = {
  // The database answers in milliseconds or is in trouble.
  read: 5_000,
  // Longer, because giving up does not undo it.
  write: 15_000,
  chunk: 5_000,
  body: 10_000,
};

/** Longer bodies stream through. In bytes; no answer of ours comes near. */
const BODY_MAX_BYTES = 4 * 1024 * 1024;
/** Bodies that say they are no longer than this are read in one piece, in bytes: most answers of an API. */
const SHORT_BYTES = 64 * 1024;
/** Statuses that never have a body (RFC 9110 §6.4.1). */
const BODILESS = new Set([204, 205, 304]);

/** With these the cache asks about what it has. */
const CONDITIONS = ['if-none-match', 'if-modified-since'];

export interface Origin {
  /**
   * Rejects for everything but what was asked for, so that no error takes a good answer's place. The
   * body has been read: `bodyOf` has it.
   */
  readonly read: OriginFetch;
  /** Rejects only where there is no answer: errors are passed on as they are. */
  readonly proxy: OriginFetch;
  /** Sends a write once; its errors are for the visitor to see. The body is `bodyOf` the answer. */
  write(path: string, headers: Headers, body: ArrayBuffer): Promise<Response>;
}

export interface OriginOptions {
  readonly baseUrl: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly breaker: Breaker;
  readonly waits?: Waits | undefined;
  /** Absent, the origin decides by itself what it traces. */
  readonly beginTrace?: BeginTrace | undefined;
  /** Proves to the origin that we say where a client is; absent, it believes nobody. */
  readonly proveAddress?: ((address: string) => Promise<string>) | undefined;
}

/** What is asked; its fields always are `Headers`. */
type Asked = RequestInit & { readonly headers: Headers };

export function createOrigin(options: OriginOptions): Origin {
  const { baseUrl, fetch, breaker, waits = WAITS, beginTrace, proveAddress } = options;

  /** The fields of reads are shared by all of them: they are copied before they are changed. */
  async function withOurs(given: Headers): Promise<Headers> {
    const address = proveAddress ? given.get(CLIENT_ADDRESS_FIELD) : null;
    if (address === null && !beginTrace) return given;
    const headers = new Headers(given);
    if (beginTrace) headers.set('traceparent', beginTrace());
    if (proveAddress && address !== null) {
      headers.set(CLIENT_ADDRESS_PROOF_FIELD, await proveAddress(address));
    }
    return headers;
  }

  async function ask(path: string, init: Asked, deadline: Deadline): Promise<Response> {
    const { signal } = deadline;
    try {
      return await fetch(`${baseUrl}${path}`, {
        ...init,
        headers: await withOurs(init.headers),
        redirect: 'manual',
        encodeResponseBody: 'manual',
        signal,
      });
    } catch (cause) {
      throw new OriginFailure(signal.aborted ? 'timeout' : 'unreachable', String(cause));
    }
  }

  /** Asks, and leaves the body to come as it may. */
  async function askBegun(path: string, init: Asked, waitMs: number): Promise<Response> {
    const deadline = new Deadline(waitMs);
    try {
      return await ask(path, init, deadline);
    } finally {
      deadline.stop();
    }
  }

  /** Asks and takes the answer in whole, because what is cut short later could not be told any more. */
  async function askWhole(path: string, init: Asked, waitMs: number): Promise<Response> {
    const deadline = new Deadline(waitMs);
    try {
      const response = await ask(path, init, deadline);
      if (BODILESS.has(response.status)) return response;
      const body = await takeIn(response, deadline);
      if ('whole' in body) return withWholeBody(response, body.whole);
      const { status, headers } = response;
      return new Response(body.stream, { status, headers, encodeBody: 'manual' });
    } finally {
      deadline.stop();
    }
  }

  /** What is short comes within one silence or is not coming. */
  async function takeIn(response: Response, deadline: Deadline): Promise<WholeBody> {
    const isShort = Number(response.headers.get('content-length') ?? Number.NaN) <= SHORT_BYTES;
    deadline.restart(isShort ? waits.chunk : waits.body);
    const body = await deadline.limit(readBody(response, isShort, deadline));
    if (body === LATE) throw new OriginFailure('timeout', 'the body took too long');
    return body;
  }

  async function readBody(
    response: Response,
    isShort: boolean,
    deadline: Deadline,
  ): Promise<WholeBody> {
    try {
      // In one piece it costs the isolate far less than as a stream.
      if (isShort) return { whole: await response.arrayBuffer() };
      return await readWhole(response.body, BODY_MAX_BYTES, waits.chunk);
    } catch (cause) {
      deadline.giveUp();
      const kind = cause instanceof BodyStalled ? 'timeout' : 'bad-answer';
      throw new OriginFailure(kind, String(cause));
    }
  }

  /** Lets the breaker know how it went; an answer that `judge` refuses has failed too. */
  async function guarded(
    path: string,
    work: () => Promise<Response>,
    judge: (response: Response, passage: Passage) => void,
  ): Promise<Response> {
    const passage = breaker.enter(path);
    try {
      const response = await work();
      judge(response, passage);
      return response;
    } catch (failure) {
      passage.failed(failure instanceof OriginFailure ? failure.kind : 'bad-answer');
      throw failure;
    }
  }

  const read: OriginFetch = async (path, init) => {
    const response = await guarded(path, () => askWhole(path, init, waits.read), judgeRead);
    return expectedAnswer(
      response,
      CONDITIONS.some((name) => init.headers.has(name)),
      init.headers.get('accept') === 'image/webp' ? 'photo' : 'json',
    );
  };

  const write: Origin['write'] = (path, headers, body) =>
    guarded(path, () => askWhole(path, { method: 'POST', headers, body }, waits.write), judgeWrite);

  const proxy: OriginFetch = (path, init) => {
    const isRead = init.method === 'GET' || init.method === 'HEAD';
    const waitMs = isRead ? waits.read : waits.write;
    return guarded(
      path,
      () => askBegun(path, init, waitMs),
      (_, passage) => passage.succeeded(),
    );
  };

  return { read, proxy, write };
}

function judgeRead({ status }: Response, passage: Passage): void {
  if (status >= 500) throw new OriginFailure(kindOfStatus(status), `the origin answered ${status}`);
  passage.succeeded();
}

function judgeWrite({ status }: Response, passage: Passage): void {
  if (status < 500) passage.succeeded();
  else passage.failed(kindOfStatus(status));
}
