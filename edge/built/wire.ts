/** A client that shows the bytes as they are on the wire: no decoding, no pool, no cache. */
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

export function get(url: string, headers: Record<string, string> = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, bytes: Buffer.concat(chunks) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** How long a server may think before its first answer, in milliseconds. */
const FIRST_ANSWER_MS = 4000;
/** How long it may say nothing after one before it is taken to have said all, in milliseconds. */
const SILENCE_MS = 500;

/** Sends exactly these bytes; gives the status codes of all answers, in order, and whether it hung up. */
export function sendRaw(
  url: string,
  bytes: string,
): Promise<{ statuses: number[]; hungUp: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    const finish = (hungUp: boolean): void => {
      socket.destroy();
      const lines = text.matchAll(/HTTP\/1\.1 (\d{3}) /g);
      resolve({ statuses: [...lines].map(([, status]) => Number(status)), hungUp });
    };
    socket.setEncoding('latin1').setTimeout(FIRST_ANSWER_MS);
    socket.on('data', (more: string) => {
      text += more;
      socket.setTimeout(SILENCE_MS);
    });
    socket.on('timeout', () => finish(false));
    socket.on('close', () => finish(true));
    // A connection that is cut is closed next.
    socket.on('error', () => undefined);
    socket.write(bytes, 'latin1');
  });
}
