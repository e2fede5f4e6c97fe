/** Traces, as a collector gets them. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { createApp } from '../app.ts';
import { createAnswerCache } from '../cache/answer-cache.ts';
import { createMemoryStore } from '../cache/memory-store.ts';
import { currentTrace } from '../span.ts';
import { startTracing } from './start-tracing.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const EDGE_SPAN = '00f067aa0ba902b7';
const SETTINGS = '/v1/shops/acme/settings';

/** What is read of a span in OTLP's JSON. */
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: { key: string; value: { stringValue?: string; boolValue?: boolean } }[];
  status: { code?: number };
}
interface Export {
  resourceSpans: {
    resource: { attributes: { key: string; value: unknown }[] };
    scopeSpans: { spans: Span[] }[];
  }[];
}

let collector: Server;
let endpoint = '';
let received: Export[] = [];
beforeAll(async () => {
  collector = createServer(async (request, response) => {
    const isTraces = request.method === 'POST' && request.url === '/v1/traces';
    if (isTraces) received.push(JSON.parse(await text(request)) as Export);
    response.writeHead(isTraces ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(() => {
  collector.close();
});

/** Traces what happens meanwhile; gives the spans that the collector got. */
async function traced(work: () => Promise<void>, ratio = 1): Promise<Span[]> {
  received = [];
  const { stop } = startTracing({ endpoint, ratio });
  await work();
  await stop();
  return received.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  );
}

const attribute = (span: Span | undefined, name: string) =>
  Object.values(span?.attributes.find(({ key }) => key === name)?.value ?? {})[0];

describeOnEach('traces', (fixture) => {
  const lines: Record<string, unknown>[] = [];
  const makeApp = (now = fixture.context.now) =>
    createApp({
      domain: { ...fixture.context, now },
      log: pino(
        { mixin: currentTrace },
        { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
      ),
      answers: createAnswerCache(createMemoryStore()),
    });
  const ask = async (app: ReturnType<typeof makeApp>, path: string, init?: RequestInit) =>
    app.request(`http://origin${path}`, init);
  const from = (flags: string) => ({
    headers: { traceparent: `00-${TRACE}-${EDGE_SPAN}-${flags}` },
  });

  test('lead from the edge over the request and the cache to the statement', async () => {
    const app = makeApp();
    const spans = await traced(async () => {
      await ask(app, SETTINGS, from('01'));
    });
    const [request, cache, query] = ['GET /v1/shops/:appKey/settings', 'read answer', 'query'].map(
      (name) => spans.find((span) => span.name === name),
    );
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    expect(request?.parentSpanId).toBe(EDGE_SPAN);
    expect(cache?.parentSpanId).toBe(request?.spanId);
    expect(query?.parentSpanId).toBe(cache?.spanId);
    expect(attribute(query, 'db.query.text')).toMatch(/^select .*plaudit_find_shop\(\$1\)/);
    expect(attribute(cache, 'plaudit.cache.hit')).toBe(false);
    const [resource] = received[0]?.resourceSpans ?? [];
    expect(resource?.resource.attributes).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'plaudit-origin' },
    });
  });

  test('show that a hit asks nothing of the database', async () => {
    const app = makeApp();
    await ask(app, SETTINGS);
    const spans = await traced(async () => {
      await ask(app, SETTINGS, from('01'));
    });
    expect(spans.map(({ name }) => name).toSorted()).toEqual([
      'GET /v1/shops/:appKey/settings',
      'read answer',
    ]);
    expect(
      attribute(
        spans.find(({ name }) => name === 'read answer'),
        'plaudit.cache.hit',
      ),
    ).toBe(true);
  });

  test('keep requests apart that are under way at once', async () => {
    const app = makeApp();
    const ids = Array.from({ length: 25 }, (_, n) => `${TRACE.slice(0, 30)}${n + 10}`);
    const spans = await traced(async () => {
      await Promise.all(
        ids.map((id, n) =>
          ask(app, `/v1/shops/acme/products/p-${n}/reviews`, {
            headers: { traceparent: `00-${id}-${EDGE_SPAN}-01` },
          }),
        ),
      );
    });
    const shape = (id: string) =>
      spans
        .filter(({ traceId }) => traceId === id)
        .map(({ name }) => name)
        .toSorted();
    expect(shape(ids[0] ?? '')).toContain('query');
    for (const id of ids) expect(shape(id)).toEqual(shape(ids[0] ?? ''));
  });

  test('hold nothing that a visitor or a shop wrote', async () => {
    const app = makeApp();
    await traced(async () => {
      const review = { rating: 5, author: 'Mara', email: 'mara@example.com', body: 'Secret words' };
      const init = { method: 'POST', body: JSON.stringify(review) };
      const path = '/v1/shops/acme/products/kettle-of-mara/reviews';
      expect((await ask(app, path, init)).status).toBe(201);
      await ask(app, `${path}?sort=newest&mara=1`);
    });
    const sent = JSON.stringify(received);
    expect(sent).toContain('insert into');
    expect(sent).not.toMatch(/mara|secret words|kettle|acme/i);
  });

  test('say that a request failed and by what kind of error, and its log line names the trace', async () => {
    lines.length = 0;
    const app = makeApp(() => new Date(8e15));
    const spans = await traced(async () => {
      const init = {
        method: 'POST',
        body: JSON.stringify({ rating: 5, author: 'M', email: 'm@example.com' }),
      };
      const answer = await ask(app, '/v1/shops/acme/products/kettle/reviews', {
        ...init,
        ...from('01'),
      });
      expect(answer.status).toBe(500);
    });
    const failed = spans.filter(({ status }) => status.code === 2);
    expect(failed.map(({ name }) => name)).toContain(
      'POST /v1/shops/:appKey/products/:productId/reviews',
    );
    expect(lines).toMatchObject([{ msg: 'failed', traceId: TRACE }]);
  });

  test('are not made where the edge has decided against it, nor beyond the share', async () => {
    const app = makeApp();
    expect(await traced(async () => void (await ask(app, SETTINGS, from('00'))))).toEqual([]);
    expect(await traced(async () => void (await ask(app, SETTINGS)), 0)).toEqual([]);
  });

  test.each(['', 'x', `00-${'0'.repeat(32)}-${EDGE_SPAN}-01`, `ff-${TRACE}-${EDGE_SPAN}-01`])(
    'begin anew under what is no traceparent: "%s"',
    async (traceparent) => {
      const app = makeApp();
      const spans = await traced(async () => {
        await ask(app, SETTINGS, { headers: { traceparent } });
      });
      const request = spans.find(({ name }) => name.startsWith('GET'));
      expect(request?.traceId).not.toBe(TRACE);
      expect(request?.parentSpanId).toBeFalsy();
    },
  );

  test('keep nobody waiting when the collector is away', async () => {
    const { stop } = startTracing({ endpoint: 'http://127.0.0.1:1', ratio: 1 });
    expect((await ask(makeApp(), SETTINGS)).status).toBe(200);
    const startedAt = performance.now();
    await stop();
    expect(performance.now() - startedAt).toBeLessThan(4000);
  });
});
