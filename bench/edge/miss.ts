/**
 * What a miss costs beside a Worker that only hands the question on, and one that takes the answer in
 * first: every request has a key of its own.
 */
import { randomBytes } from 'node:crypto';
import { toRequest } from '../measure/connection.ts';
import { compare } from '../measure/rounds.ts';
import { startNginx, startVarnish } from '../servers/debian.ts';
import { startMeasuredEdge, VISITOR_FIELD } from '../servers/edge.ts';
import { startOrigin } from '../servers/origin.ts';
import type { Server } from '../servers/server.ts';
import { startPassThroughWorker, startTakingInWorker } from '../servers/worker.ts';

const BODY_BYTES = 4_000;
const VISITORS = 60_000;

export async function measureMisses(): Promise<void> {
  const body = randomBytes(BODY_BYTES);
  const origin = await startOrigin({ bodyOf: () => body });
  const servers: Server[] = [];
  try {
    for (const start of [startPassThroughWorker, startTakingInWorker, startMeasuredEdge]) {
      servers.push(await start(origin.url));
    }
    for (const start of [startNginx, startVarnish]) {
      const peer = await start(origin.url);
      if (peer) servers.push(peer);
    }
    let product = 0;
    await compare(`Miss, ${BODY_BYTES} bytes`, servers, ({ url }) => {
      const { host } = new URL(url);
      return () => {
        const visitor = product % VISITORS;
        const fields = { [VISITOR_FIELD]: `10.9.${visitor >> 8}.${visitor & 255}` };
        return toRequest(`/v1/shops/bench/products/${product++}/reviews`, host, fields);
      };
    });
  } finally {
    for (const server of servers) await server.stop();
    await origin.stop();
  }
}
