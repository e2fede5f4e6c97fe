/** An origin that answers at once, in the shape and with the fields of the real one, and counts. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface CountingOrigin {
  readonly url: string;
  /** How often each path was asked for. */
  readonly asked: Map<string, number>;
  stop(): Promise<void>;
}

export interface Answering {
  /** The body of a path's answer. */
  readonly bodyOf: (path: string) => Buffer;
  readonly tagsOf?: (path: string) => string;
  /** How long an answer takes, in milliseconds. */
  readonly delayMs?: number;
  /** How long it may be used, in seconds. */
  readonly maxAge?: number;
}

export async function startOrigin(answering: Answering): Promise<CountingOrigin> {
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    void answer(path, request, response, answering);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((done) => {
      server.close(() => done());
    });
  };
  return { url: `http://127.0.0.1:${port}`, asked, stop };
}

async function answer(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  { bodyOf, tagsOf, delayMs = 0, maxAge = 86_400 }: Answering,
): Promise<void> {
  if (delayMs > 0) await wait(delayMs);
  const body = bodyOf(path);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`;
  const fields = {
    'cache-control': 'public, max-age=60, stale-while-revalidate=600',
    'cdn-cache-control': `max-age=${maxAge}, stale-while-revalidate=604800, stale-if-error=604800`,
    'cache-tag': tagsOf?.(path) ?? 'shop:bench',
    'content-type': 'application/json; charset=utf-8',
    etag,
    vary: 'accept-encoding',
  };
  if (request.headers['if-none-match'] === etag) response.writeHead(304, fields).end();
  else response.writeHead(200, { ...fields, 'content-length': body.length }).end(body);
}
