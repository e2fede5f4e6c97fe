/** How a real process ends, and what becomes of requests under way. */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { plaudit, startServing, type Serving } from '../../test/command-line.ts';
import { makeEmbedded } from '../../test/databases.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-stop-'));
const backups = join(folder, 'backups');
const env = { DATA_DIR: folder, METRICS_PORT: '0', BACKUP_DIR: backups };
const REVIEW = JSON.stringify({ rating: 5, author: 'Mara', email: 'mara@example.com' });
let serving: Serving;

beforeAll(async () => {
  await makeEmbedded(folder);
  await plaudit(['shop', 'create', '--key', 'acme'], { env });
});
beforeEach(async () => {
  serving = await startServing(env);
});
afterEach(async () => {
  if (serving.child.exitCode === null) await serving.end('SIGKILL');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A review of which one half is sent, on a connection that is in use. */
async function sendHalf(): Promise<ClientRequest> {
  const sending = request(`${serving.url}/v1/shops/acme/products/kettle/reviews`, {
    method: 'POST',
    headers: { 'content-length': Buffer.byteLength(REVIEW), expect: '100-continue' },
  });
  sending.flushHeaders();
  // The server has it in hands.
  await once(sending, 'continue');
  sending.write(REVIEW.slice(0, 20));
  return sending;
}

const isRefused = () =>
  fetch(`${serving.url}/healthz`).then(
    () => false,
    (error: Error) => (error.cause as { code?: string }).code === 'ECONNREFUSED',
  );

test('is ready, and tells figures beside the API, not on it', async () => {
  // The first backup is made at once, and the embedded database is not there meanwhile for a moment.
  const readiness = async () => (await fetch(`${serving.url}/readyz`)).json();
  await expect.poll(readiness, { timeout: 20_000 }).toEqual({ status: 'ready' });
  const { metrics } = serving.said as { metrics: string };
  const text = await (await fetch(metrics)).text();
  expect(text).toContain('route="/readyz",status="200"');
  expect((await fetch(`${serving.url}/metrics`)).status).toBe(404);
  await expect
    .poll(() => readdirSync(backups).filter((name) => name.endsWith('.backup')), {
      timeout: 20_000,
    })
    .toHaveLength(1);
  expect(await serving.end('SIGTERM')).toBe(0);
});

test('a request under way is finished and kept, new ones are refused', async () => {
  const sending = await sendHalf();
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  const ended = serving.end('SIGTERM');
  await expect.poll(isRefused, { timeout: 4000 }).toBe(true);
  sending.end(REVIEW.slice(20));
  const [{ statusCode }] = await answered;
  expect(statusCode).toBe(201);
  expect(await ended).toBe(0);
  serving = await startServing(env);
  const reviews = await fetch(`${serving.url}/v1/shops/acme/products/kettle/reviews`);
  expect(await reviews.json()).toMatchObject({ summary: { count: 1 } });
  await serving.end('SIGTERM');
});

test('a request that never ends is cut off, and the process ends well', async () => {
  const sending = await sendHalf();
  const cut = once(sending, 'error');
  expect(await serving.end('SIGTERM')).toBe(0);
  const [error] = (await cut) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
});
