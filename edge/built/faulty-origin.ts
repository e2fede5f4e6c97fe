/** An origin that speaks TCP and says exactly these bytes, or fails exactly this way. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What it does with a connection once a request's head has come. */
export type Fault = (socket: Socket, target: string) => void;

const BODY = JSON.stringify({ reviews: [], summary: { count: 0 } });
const LIFE = 'max-age=60, stale-while-revalidate=600, stale-if-error=600';

/** A whole answer as it should be, kept by the edge for `seconds`. */
export const good: Fault = (socket) => {
  socket.write(
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncache-tag: everything\r\n' +
      `cdn-cache-control: ${LIFE}\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
  );
};

/** Says this and hangs up, or holds the line. */
export const says =
  (bytes: string, hangsUp = true): Fault =>
  (socket) => {
    if (hangsUp) socket.end(bytes, 'latin1');
    else socket.write(bytes, 'latin1');
  };

export const hangs: Fault = () => undefined;
export const resets: Fault = (socket) => socket.resetAndDestroy();

/** A byte of the body every so often, for ever. */
export const drips =
  (everyMs: number): Fault =>
  (socket) => {
    socket.write(
      'HTTP/1.1 200 OK\r\ncdn-cache-control: max-age=60\r\ncontent-length: 100000\r\n\r\n',
    );
    const timer = setInterval(() => socket.write('x'), everyMs);
    socket.on('close', () => clearInterval(timer));
  };

export class FaultyOrigin {
  fault: Fault = good;
  /** What was asked for, one line a request. */
  readonly targets: string[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #port = 0;

  private constructor() {
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async start(): Promise<FaultyOrigin> {
    const origin = new FaultyOrigin();
    await origin.listens();
    return origin;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Answers again, where it answered before. */
  async listens(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(this.#port, '127.0.0.1', done));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** From now on connections are refused, and those there are, cut. */
  async stops(): Promise<void> {
    if (!this.#server.listening) return;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Whoever asked may be gone before the answer is.
    socket.on('error', () => undefined);
    let head = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      head += text;
      if (!head.includes('\r\n\r\n')) return;
      const target = head.split(' ', 2)[1] ?? '';
      head = '';
      this.targets.push(target);
      this.fault(socket, target);
    });
  }
}
