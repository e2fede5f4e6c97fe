/** One trace from the edge over the origin to the statement, as real processes send it to a collector. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../scripts/build.mjs';
import { findFreePort, runPlaudit, startEdge, startOrigin, type Part } from '../scripts/stack.mjs';

const SECRET = 'a secret for tests only';

/** What is read of a span in OTLP's JSON. */
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
}
interface Export {
  resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
}

const spans: Span[] = [];
let collector: Server;
let dataDir = '';
let origin: Part;
let edge: Awaited<ReturnType<typeof startEdge>>;

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse(await text(request)) as Export;
    spans.push(
      ...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)),
    );
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const collectorUrl = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  await build();
  dataDir = await mkdtemp(join(tmpdir(), 'plaudit-trace-'));
  await runPlaudit(['shop', 'create', '--key', 'acme'], { dataDir, quiet: true });
  const [port, edgePort] = await Promise.all([findFreePort(), findFreePort()]);
  origin = await startOrigin({
    port,
    dataDir,
    purgeSecret: SECRET,
    // The edge decides what is traced; what it has not decided on is not.
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl, OTEL_TRACES_SAMPLER_ARG: '0' },
  });
  edge = await startEdge({
    origin: origin.url,
    port: edgePort,
    purgeSecret: SECRET,
    traceRatio: '1',
  });
});
afterAll(async () => {
  await edge?.stop();
  await origin?.stop();
  collector?.close();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
});

test('a miss is one trace down to the query, whatever the visitor sends; a hit is none', async () => {
  const foreign = '4bf92f3577b34da6a3ce929d0e0e4736';
  const read = async () => {
    const answer = await fetch(`${edge.url}/v1/shops/acme/products/kettle/reviews`, {
      headers: { traceparent: `00-${foreign}-00f067aa0ba902b7-01` },
    });
    await answer.arrayBuffer();
    return answer.headers.get('cache-status');
  };
  const isRead = ({ name }: Span) => name === 'GET /v1/shops/:appKey/products/:productId/reviews';
  expect(await read()).toMatch(/fwd=uri-miss/);
  await expect.poll(read).toMatch(/; hit/);
  await expect.poll(() => spans.filter(isRead).length).toBeGreaterThan(0);
  const misses = spans.filter(isRead).length;
  expect(await read()).toMatch(/; hit/);

  const request = spans.find(isRead);
  const own = spans.filter(({ traceId }) => traceId === request?.traceId);
  expect(request?.traceId).not.toBe(foreign);
  // The span of the edge, of which the origin is a child.
  expect(request?.parentSpanId).toMatch(/^[0-9a-f]{16}$/);
  const cache = own.find(({ name }) => name === 'read answer');
  expect(cache?.parentSpanId).toBe(request?.spanId);
  const queries = own.filter(({ name }) => name === 'query');
  expect(queries.length).toBeGreaterThan(0);
  const ids = new Set(own.map(({ spanId }) => spanId));
  for (const { parentSpanId } of queries) expect(ids).toContain(parentSpanId);

  await origin.stop();
  // The origin has sent all that it had: no hit was among it.
  expect(spans.filter(isRead)).toHaveLength(misses);
});
