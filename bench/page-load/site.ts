/** A server of files and answers, compressed as well as can be, for what pages load. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';

/** What there is at a path, or at every path that starts like it. */
export type Content = Readonly<Record<string, { type: string; body: string | Buffer }>>;

export interface Site {
  url: string;
  stop: () => Promise<void>;
}

/** Serves the longest path that fits; everything else is an empty 404. */
export async function startSite(content: Content): Promise<Site> {
  const paths = Object.keys(content).toSorted((a, b) => b.length - a.length);
  const compressed = new Map(paths.map((path) => [path, compress(content[path]?.body ?? '')]));
  const server = createServer((request, response) => {
    const path = paths.find((start) => request.url?.startsWith(start));
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    if (path === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': content[path]?.type,
      'content-encoding': 'br',
      'cache-control': 'no-store',
    });
    response.end(compressed.get(path));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** At the highest level, as static files are. */
const compress = (body: string | Buffer): Buffer => brotliCompressSync(body);
