/**
 * Asks the origin. Nothing waits longer than the constants say, and every way to fail becomes an
 * `OriginFailure`: `fetch` in a Worker has no time limit of its own, and an error that nobody catches
 * drops the visitor's connection. An origin that keeps failing is left alone (`breaker.ts`).
 */
import { BodyStalled, isShort, readShort, readWhole, wholeResponse } from '../cache/body.ts';
import type { OriginFetch } from '../cache/index.ts';
import { LATE, within } from '../cache/within.ts';
import type { Breaker, Passage } from './breaker.ts';
import { expectedAnswer } from './expected-answer.ts';
import { kindOfStatus, OriginFailure } from './origin-failure.ts';

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
/** Statuses that never have a body (RFC 9110 §6.4.1). */
const BODILESS = new Set([204, 205, 304]);

/** With these the cache asks about what it has. */
const CONDITIONS = ['if-none-match', 'if-modified-since'];

export interface Origin {
  /** Rejects for everything but what was asked for, so that no error takes a good answer's place. */
  readonly read: OriginFetch;
  /** Rejects only where there is no answer: errors are passed on as they are. */
  readonly proxy: OriginFetch;
  /** Sends a write once; its errors are for the visitor to see. */
  write(path: string, headers: Headers, body: ArrayBuffer): Promise<Response>;
}

export interface OriginOptions {
  readonly baseUrl: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly breaker: Breaker;
  readonly waits?: Waits | undefined;
}

export function createOrigin({ baseUrl, fetch, breaker, waits = WAITS }: OriginOptions): Origin {
  async function ask(
    path: string,
    init: RequestInit,
    waitMs: number,
    controller = new AbortController(),
  ): Promise<Response> {
    const timer = setTimeout(() => controller.abort(), waitMs);
    try {
      return await fetch(`${baseUrl}${path}`, {
        ...init,
        redirect: 'manual',
        encodeResponseBody: 'manual',
        signal: controller.signal,
      });
    } catch (cause) {
      const kind = controller.signal.aborted ? 'timeout' : 'unreachable';
      throw new OriginFailure(kind, String(cause));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks and takes the answer in whole, because what is cut short later could not be told any more. */
  async function askWhole(path: string, init: RequestInit, waitMs: number): Promise<Response> {
    const controller = new AbortController();
    const response = await ask(path, init, waitMs, controller);
    const { status, headers } = response;
    if (BODILESS.has(status)) return response;
    const body = await within(readBody(response, controller), waits.body);
    if (body === LATE) {
      controller.abort();
      throw new OriginFailure('timeout', 'the body took too long');
    }
    return 'whole' in body
      ? wholeResponse(body.whole, { status, headers })
      : new Response(body.stream, { status, headers, encodeBody: 'manual' });
  }

  async function readBody(
    response: Response,
    controller: AbortController,
  ): ReturnType<typeof readWhole> {
    try {
      if (isShort(response)) return await readShort(response, waits.chunk);
      return await readWhole(response.body, BODY_MAX_BYTES, waits.chunk);
    } catch (cause) {
      // Nobody reads on, so nothing more need come.
      controller.abort();
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
      () => ask(path, init, waitMs),
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
