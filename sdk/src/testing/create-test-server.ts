/**
 * The storefront API on a port of this machine, for the tests of themes and apps: real HTTP, data in
 * memory, and every failure on demand.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest, type StorefrontRequest } from './answer-request.ts';
import { problem, type Answer } from './answer.ts';
import type {
  Received,
  ReceivedPhoto,
  ReceivedQuestion,
  ReceivedSubmission,
  ReceivedVote,
} from './received.ts';
import { toShopState, type TestShop } from './test-shop.ts';

/**
 * How the server behaves:
 * - `up`: answers.
 * - `down`: breaks every connection.
 * - `slow`: gives no answer until the condition changes, so that no test has to wait for a clock.
 * - `unavailable`: 503 with `Retry-After: 1`.
 * - `too-many-requests`: 429 with `Retry-After: 1`.
 * - `broken-off`: JSON that ends in the middle.
 * - `empty`: answers as a shop without any review or question would.
 */
export type Condition =
  | 'up'
  | 'down'
  | 'slow'
  | 'unavailable'
  | 'too-many-requests'
  | 'broken-off'
  | 'empty';

/** A running server. */
export interface TestServer {
  /** What clients and loaders call `edge`, e.g. `http://127.0.0.1:43210`. */
  readonly edge: string;
  readonly appKey: string;
  /** Every request so far, as `GET /v1/shops/demo/settings`. */
  readonly requests: readonly string[];
  /** Every review sent and accepted so far. */
  readonly submissions: readonly ReceivedSubmission[];
  /** Every question asked so far. */
  readonly questions: readonly ReceivedQuestion[];
  /** Every vote cast or taken back so far. */
  readonly votes: readonly ReceivedVote[];
  /** Every photo uploaded so far. */
  readonly photos: readonly ReceivedPhoto[];
  /** Changes how the server behaves, from the next answer on. */
  setCondition: (condition: Condition) => void;
  /** Breaks what is still open. */
  close: () => Promise<void>;
}

/** Starts a server for one shop on a free port of 127.0.0.1. */
export async function createTestServer(shop: TestShop = {}): Promise<TestServer> {
  const state = toShopState(shop);
  const emptied = toShopState({ ...shop, reviews: {}, questions: {}, ratings: {} });
  const requests: string[] = [];
  const received: Received = { submissions: [], questions: [], votes: [], photos: [] };
  let condition: Condition = 'up';
  let waiting: (() => void)[] = [];

  async function untilAnswering(): Promise<void> {
    if (condition !== 'slow') return;
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
    await untilAnswering();
  }

  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(`${message.method} ${message.url}`);
    const request = await readRequest(message);
    await untilAnswering();
    if (condition === 'down') {
      message.socket.destroy();
      return;
    }
    const answer =
      failureOf(condition) ??
      (await answerRequest(condition === 'empty' ? emptied : state, received, request));
    write(response, answer, { isBrokenOff: condition === 'broken-off', method: request.method });
  }

  const server = createServer((message, response) => {
    respond(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const setCondition = (next: Condition): void => {
    condition = next;
    const resumed = waiting;
    waiting = [];
    for (const resume of resumed) resume();
  };
  const close = async (): Promise<void> => {
    setCondition('down');
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  };
  return {
    edge: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    appKey: state.appKey,
    requests,
    ...received,
    setCondition,
    close,
  };
}

async function readRequest(message: IncomingMessage): Promise<StorefrontRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const key = message.headers['idempotency-key'];
  return {
    method: message.method ?? '',
    url: new URL(`http://127.0.0.1:${message.socket.localPort}${message.url}`),
    contentType: message.headers['content-type'],
    idempotencyKey: typeof key === 'string' ? key : undefined,
    body: Buffer.concat(chunks),
  };
}

const RETRY_SOON = { 'retry-after': '1' };

function failureOf(condition: Condition): Answer | undefined {
  if (condition === 'unavailable') return problem('unavailable', {}, RETRY_SOON);
  if (condition === 'too-many-requests') return problem('too-many-requests', {}, RETRY_SOON);
  return undefined;
}

/** Any page may read; nothing keeps an answer, so that a test sees every change. */
const FIELDS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'retry-after',
  'cache-control': 'no-store',
};

function write(
  response: ServerResponse,
  { status, headers, body }: Answer,
  { isBrokenOff, method }: { isBrokenOff: boolean; method: string },
): void {
  const bytes = Buffer.from(body);
  // RFC 9110 §8.6: a 204 has no length.
  const length = status === 204 ? {} : { 'content-length': bytes.byteLength };
  response.writeHead(status, { ...FIELDS, ...headers, ...length });
  if (!isBrokenOff) {
    response.end(method === 'HEAD' ? undefined : bytes);
    return;
  }
  response.write(bytes.subarray(0, bytes.byteLength / 2), () => response.destroy());
}
