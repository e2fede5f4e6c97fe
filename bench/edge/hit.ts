/** What an answer from the cache costs beside a Worker that does nothing, and beside caches written in C. */
import { randomBytes } from 'node:crypto';
import { toRequest } from '../measure/connection.ts';
import { compare } from '../measure/rounds.ts';
import { startNginx, startVarnish } from '../servers/debian.ts';
import { startMeasuredEdge } from '../servers/edge.ts';
import { startOrigin } from '../servers/origin.ts';
import type { Server } from '../servers/server.ts';
import { startNullWorker } from '../servers/worker.ts';
import { mulberry32 } from '../measure/chance.ts';

const PRODUCTS = 500;
const BATCHES = 1000;
const BATCH = 48;
const SHARD_PRODUCTS = 400;
const SIZES_BYTES = [4_000, 20_000];

/** One stored answer each. */
export async function measureHits(): Promise<void> {
  const paths = Array.from(
    { length: PRODUCTS },
    (_, id) => `/v1/shops/bench/products/${id}/reviews`,
  );
  for (const bytes of SIZES_BYTES) {
    const goals = { edge: '(goal 0.65)' };
    await measure(
      `Hit, ${bytes} bytes`,
      paths,
      randomBytes(bytes),
      [startNginx, startVarnish],
      goals,
    );
  }
}

/** Ratings of a listing page's products, composed of 16 stored answers; no two pages are alike. */
export async function measureBatches(): Promise<void> {
  const random = mulberry32(48);
  const ids = (): string =>
    Array.from({ length: BATCH }, () => Math.floor(random() * SHARD_PRODUCTS)).join(',');
  const paths = Array.from({ length: BATCHES }, () => `/v1/shops/bench/ratings?ids=${ids()}`);
  const ratings = Array.from(
    { length: SHARD_PRODUCTS },
    (_, id) => [id, { average: 4.5, count: id }] as const,
  );
  const shard = Buffer.from(JSON.stringify({ ratings: Object.fromEntries(ratings) }));
  await measure(`Ratings of ${BATCH} products from cache`, paths, shard);
}

type StartPeer = (origin: string) => Promise<Server | undefined>;

async function measure(
  title: string,
  paths: readonly string[],
  body: Buffer,
  peers: readonly StartPeer[] = [],
  goals: Readonly<Record<string, string>> = {},
): Promise<void> {
  const origin = await startOrigin({ bodyOf: () => body });
  const servers: Server[] = [];
  try {
    const edge = await startMeasuredEdge(origin.url);
    servers.push(edge);
    // The second answer is a hit, and so carries the fields of one.
    await fetch(`${edge.url}${paths[0]}`);
    servers.unshift(await startNullWorker(await fetch(`${edge.url}${paths[0]}`)));
    for (const start of peers) {
      const peer = await start(origin.url);
      if (peer) servers.push(peer);
    }
    await compare(title, servers, cycle(paths), goals);
  } finally {
    for (const server of servers) await server.stop();
    await origin.stop();
  }
}

const cycle =
  (paths: readonly string[]) =>
  ({ url }: Server): (() => Buffer) => {
    const requests = paths.map((path) => toRequest(path, new URL(url).host));
    let next = 0;
    return () => requests[next++ % requests.length] ?? Buffer.alloc(0);
  };
