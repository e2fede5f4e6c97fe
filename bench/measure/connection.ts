/**
 * One kept-alive HTTP/1.1 connection that reads answers with the least work there is, so that the
 * load generator is never what is measured. It knows answers with `Content-Length` alone: those are
 * all that the measured servers send.
 */
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly bodyBytes: number;
  /** The head and the first bytes of the body, as Latin-1. */
  readonly head: string;
}

const HEAD_END = '\r\n\r\n';
const BODILESS = new Set([204, 304]);

export class Connection {
  readonly #socket: Socket;
  #answered: ((answer: Answer) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;
  #received: Buffer = Buffer.alloc(0);
  #answer: Answer | undefined;
  #missing = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Connection(socket)));
    });
  }

  /**
   * Sends a request and waits for its whole answer; one at a time.
   * @throws {Error} where the connection ends before
   */
  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    if (this.#answer) {
      this.#missing -= bytes.length;
      this.#finish();
      return;
    }
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const end = this.#received.indexOf(HEAD_END);
    if (end === -1) return;
    const head = this.#received.toString('latin1', 0, end);
    const status = Number(head.slice(9, 12));
    const bodyBytes = BODILESS.has(status) ? 0 : contentLength(head);
    this.#answer = { status, bodyBytes, head };
    this.#missing = bodyBytes - (this.#received.length - end - HEAD_END.length);
    this.#received = Buffer.alloc(0);
    this.#finish();
  }

  #finish(): void {
    if (!this.#answer || this.#missing > 0) return;
    const answer = this.#answer;
    this.#answer = undefined;
    this.#answered?.(answer);
  }

  #fail(error: Error): void {
    this.#failed?.(error);
  }
}

function contentLength(head: string): number {
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  if (length === undefined) throw new Error(`an answer without Content-Length:\n${head}`);
  return Number(length);
}

/** A request as it goes over the wire, with the fields that a browser's fetch sends. */
export const toRequest = (
  path: string,
  host: string,
  fields: Readonly<Record<string, string>> = {},
): Buffer =>
  Buffer.from(
    [
      `GET ${path} HTTP/1.1`,
      `Host: ${host}`,
      'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
      'Accept: */*',
      'Accept-Encoding: gzip, deflate, br, zstd',
      'Accept-Language: en-GB,en;q=0.9',
      'Origin: https://shop.example',
      'Referer: https://shop.example/',
      ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
      '\r\n',
    ].join('\r\n'),
  );
