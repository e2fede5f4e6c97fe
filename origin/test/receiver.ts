/** A receiver of webhooks on this machine, which notes what it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOutbound, type Outbound } from '../src/outbound/outbound.ts';

/** What arrived. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** How the receiver answers; undefined: not at all. */
export type Behaviour = { status: number; headers?: Record<string, string> } | undefined;

/** A running receiver. */
export interface Receiver {
  url: string;
  received: Received[];
  behaviour: Behaviour;
  /** A way out that reaches this machine, which the real one never does. */
  outbound: Outbound;
  close: () => Promise<void>;
}

/** Starts a receiver on a free port. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body });
      const { behaviour } = receiver;
      if (behaviour && !request.url?.startsWith('/hang')) {
        response.writeHead(behaviour.status, behaviour.headers).end('a page of the receiver');
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const outbound = createOutbound({ isAllowed: () => true, ports: [port] });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}`,
    received,
    behaviour: { status: 200 },
    outbound,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await outbound.close();
    },
  };
  return receiver;
}
