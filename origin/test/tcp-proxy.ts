/** Stands between a client and a server, and breaks on demand as networks do. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A proxy that can be broken. */
export interface TcpProxy {
  port: number;
  /** Connections stay open, and nothing passes in either direction any more. */
  freeze: () => void;
  /** Everything that was held back passes. */
  thaw: () => void;
  /** Closes every connection and refuses new ones. */
  cut: () => Promise<void>;
  /** Takes connections again. */
  mend: () => Promise<void>;
}

/** Starts a proxy to a port of this machine. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  let port = 0;
  let server: Server | undefined;
  const track = (socket: Socket) => {
    sockets.add(socket);
    if (isFrozen) socket.pause();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const mend = async () => {
    const opened = createServer((client) => {
      const target = connect(targetPort, '127.0.0.1');
      track(client);
      track(target);
      // Not `pipe`: it would resume what was paused.
      for (const [from, to] of [
        [client, target],
        [target, client],
      ] as const) {
        from.on('data', (chunk) => to.write(chunk));
        from.on('close', () => to.destroy());
        if (isFrozen) from.pause();
      }
    });
    await new Promise<void>((resolve) => {
      opened.listen(port, '127.0.0.1', resolve);
    });
    ({ port } = opened.address() as AddressInfo);
    server = opened;
  };
  await mend();
  return {
    port,
    mend,
    freeze: () => {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
    cut: async () => {
      const closed = new Promise<void>((resolve) => {
        server?.close(() => resolve());
      });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
