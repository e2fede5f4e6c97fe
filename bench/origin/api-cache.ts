/** What the API's cache saves: the demo shop's pages read over and over, with Redis and without. */
import { toRequest } from '../measure/connection.ts';
import { compare } from '../measure/rounds.ts';
import { makeDatabase, startApi } from '../servers/api.ts';
import type { Server } from '../servers/server.ts';

const REDIS_URL = process.env['REDIS_URL'] || 'redis://127.0.0.1:6379';
/** Nobody listens there: the origin caches only where it has an edge to purge as well. */
const NO_EDGE = { EDGE_PURGE_URLS: 'http://127.0.0.1:9', PURGE_SECRET: 'of-no-edge-at-all' };
const SHARDS = 16;

export async function measureApiCache(): Promise<void> {
  const database = makeDatabase();
  const servers: Server[] = [];
  try {
    servers.push(await startApi('Postgres', database.url, NO_EDGE));
    servers.push(await startApi('with Redis', database.url, { ...NO_EDGE, REDIS_URL }));
    const ids = await fetchProductIds(servers[0]?.url ?? '');
    const paths = [
      ...ids.map((id) => `/v1/shops/demo/products/${encodeURIComponent(id)}/reviews`),
      ...Array.from({ length: SHARDS }, (_, shard) => `/v1/shops/demo/rating-shards/${shard}`),
    ];
    await compare('API, the origin’s own process', servers, ({ url }) => {
      const requests = paths.map((path) => toRequest(path, new URL(url).host));
      let next = 0;
      return () => requests[next++ % requests.length] ?? Buffer.alloc(0);
    });
  } finally {
    for (const server of servers) await server.stop();
    database.drop();
  }
}

async function fetchProductIds(url: string): Promise<string[]> {
  const shards = await Promise.all(
    Array.from({ length: SHARDS }, async (_, shard) => {
      const response = await fetch(`${url}/v1/shops/demo/rating-shards/${shard}`);
      const { ratings } = (await response.json()) as { ratings: Record<string, unknown> };
      return Object.keys(ratings);
    }),
  );
  return shards.flat();
}
