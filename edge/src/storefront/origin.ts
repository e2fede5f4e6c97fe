/**
 * Asks the origin. Nothing waits longer than the constants say, and every way to fail becomes an
 * `OriginFailure`: `fetch` in a Worker has no time limit of its own, and an error that nobody catches
 * drops the visitor's connection.
 */
import type { OriginFetch } from '../cache/index.ts';

/** How long the first byte may take, in milliseconds. */
export interface Waits {
  readonly read: number;
  readonly write: number;
}

const WAITS: Waits = {
  // The database answers in milliseconds or is in trouble.
  read: 5_000,
  // Longer, because giving up does not undo it.
  write: 15_000,
};

export type FailureKind = 'unreachable' | 'timeout' | 'bad-answer' | 'unavailable';

/** The origin gave no usable answer. */
export class OriginFailure extends Error {
  override readonly name = 'OriginFailure';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface Origin {
  /** Rejects for every 5xx too, so that an error never takes a good answer's place. */
  readonly read: OriginFetch;
  /** Rejects only where there is no answer: errors are passed on as they are. */
  readonly proxy: OriginFetch;
  /** Sends a write once; its errors are for the visitor to see. */
  write(path: string, headers: Headers, body: ArrayBuffer): Promise<Response>;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export function createOrigin(baseUrl: string, fetch: Fetch, waits: Waits = WAITS): Origin {
  async function ask(path: string, init: RequestInit, waitMs: number): Promise<Response> {
    const controller = new AbortController();
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

  async function read(path: string, init: RequestInit): Promise<Response> {
    const response = await ask(path, init, waits.read);
    if (response.status < 500) return response;
    await response.body?.cancel();
    throw new OriginFailure(kindOf(response.status), `the origin answered ${response.status}`);
  }

  const write = (path: string, headers: Headers, body: ArrayBuffer): Promise<Response> =>
    ask(path, { method: 'POST', headers, body }, waits.write);

  const proxy: OriginFetch = (path, init) => {
    const isRead = init.method === 'GET' || init.method === 'HEAD';
    return ask(path, init, isRead ? waits.read : waits.write);
  };

  return { read, proxy, write };
}

function kindOf(status: number): FailureKind {
  if (status === 503) return 'unavailable';
  return status === 504 ? 'timeout' : 'bad-answer';
}
