import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../test/databases.ts';
import { createApp } from '../app.ts';
import { nameBackup } from '../backup/backup-folder.ts';
import { createAnswerCache } from '../cache/answer-cache.ts';
import { createMemoryStore } from '../cache/memory-store.ts';
import { addEndpoint } from '../domain/webhooks/add.ts';
import { createRequestLog } from '../request-log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { serveMetrics } from './serve-metrics.ts';

const backupFolder = mkdtempSync(join(tmpdir(), 'plaudit-metrics-'));
afterAll(() => rmSync(backupFolder, { recursive: true }));

describeOnEach('metrics', (fixture) => {
  let metrics: Metrics;
  let app: ReturnType<typeof createApp>;
  let lines: Record<string, unknown>[] = [];
  /** The figure of one series; undefined where there is none. */
  const figure = async (series: string): Promise<number | undefined> => {
    const { text } = await metrics.read();
    const line = text.split('\n').find((line) => line.startsWith(`${series} `));
    return line === undefined
      ? undefined
      : Number(line.split(' ').at(-1)?.replace('+Inf', 'Infinity'));
  };
  const request = async (path: string, init?: RequestInit) =>
    app.request(`http://origin${path}`, init);

  beforeAll(async () => {
    const { db, now } = fixture.context;
    metrics = createMetrics({ database: { db }, backupFolder, now });
    const write = (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>);
    const log = pino({ level: 'debug', base: null }, { write });
    app = createApp({
      domain: fixture.context,
      log,
      answers: metrics.countReads(createAnswerCache(createMemoryStore())),
      watch: createRequestLog(log, metrics.begin),
    });
    await addEndpoint(fixture.context, 'acme', { url: 'https://hooks.example/', events: [] });
  });

  test('requests are counted and logged by their route and status, never by their path', async () => {
    lines = [];
    await request('/v1/shops/acme/products/kettle-of-mara/reviews?search=secret');
    await request('/v1/shops/nobody/settings');
    await request('/wp-admin/mara@example.com');
    await request('/healthz', { method: 'BREW' });
    const count = (labels: string) =>
      figure(`plaudit_http_request_duration_seconds_count{${labels}}`);
    const reviews = '/v1/shops/:appKey/products/:productId/reviews';
    expect(await count(`method="GET",route="${reviews}",status="200"`)).toBe(1);
    expect(await count('method="GET",route="/v1/shops/:appKey/settings",status="404"')).toBe(1);
    expect(await count('method="GET",route="none",status="404"')).toBe(1);
    expect(await count('method="OTHER",route="none",status="404"')).toBe(1);
    expect(await figure('plaudit_http_requests_in_flight')).toBe(0);
    expect(lines.map(({ route }) => route)).toContain(reviews);
    const all = JSON.stringify(lines) + (await metrics.read()).text;
    expect(all).not.toMatch(/mara|secret|nobody|acme/);
  });

  test('reads of the cache are counted', async () => {
    const reads = (result: string) =>
      figure(`plaudit_answer_cache_reads_total{result="${result}"}`);
    const [hits = 0, misses = 0] = [await reads('hit'), await reads('miss')];
    for (let n = 0; n < 3; n++) await request('/v1/shops/acme/settings');
    expect([await reads('hit'), await reads('miss')]).toEqual([hits + 2, misses + 1]);
  });

  test('what waits is counted, and how long it has', async () => {
    const review = { rating: 5, author: 'Mara', email: 'mara@example.com' };
    const path = '/v1/shops/acme/products/kettle/reviews';
    await request(path, { method: 'POST', body: JSON.stringify(review) });
    const submittedAt = clock.now;
    clock.now = new Date(submittedAt.getTime() + 90_000);
    expect(await figure('plaudit_database_up')).toBe(1);
    for (const queue of ['outbox', 'webhooks']) {
      expect(await figure(`plaudit_queue_waiting{queue="${queue}"}`)).toBeGreaterThan(0);
      expect(await figure(`plaudit_queue_oldest_seconds{queue="${queue}"}`)).toBe(90);
    }
    clock.now = submittedAt;
  });

  test('a backup that was never made is infinitely old', async () => {
    expect(await figure('plaudit_backup_age_seconds')).toBe(Number.POSITIVE_INFINITY);
    const made = join(backupFolder, nameBackup(new Date(clock.now.getTime() - 3_600_000)));
    writeFileSync(made, '');
    expect(await figure('plaudit_backup_age_seconds')).toBe(3600);
    rmSync(made);
  });

  test('have a server of their own, which answers nothing else', async () => {
    const { url, stop } = await serveMetrics(metrics, { host: '127.0.0.1', port: 0 });
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await answer.text()).toContain('process_resident_memory_bytes ');
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
    expect((await fetch(new URL('/', url))).status).toBe(404);
    await stop();
    expect((await request('/metrics')).status).toBe(404);
  });
});
