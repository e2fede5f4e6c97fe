import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plaudit, startServing, type Serving } from '../../test/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-serve-'));
const env = { DATA_DIR: folder };
const REVIEWS = '/v1/shops/acme/products/kettle/reviews';
let serving: Serving;

beforeAll(async () => {
  await plaudit(['shop', 'create', '--key', 'acme'], { env });
  serving = await startServing(env);
}, 60_000);
afterAll(async () => {
  if (serving.child.exitCode === null) await serving.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const count = async (): Promise<number> => {
  const answer = await fetch(serving.url + REVIEWS);
  const { summary } = (await answer.json()) as { summary: { count: number } };
  return summary.count;
};

test('answers, and a second process on the same folder is told who is there', async () => {
  expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
  const second = await plaudit(['product', 'list', '--shop', 'acme'], { env });
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`is open in another process (pid ${serving.child.pid})`);
  expect(second.stderr).not.toMatch(/\n\s+at /);
  await expect(startServing(env)).rejects.toThrow('is open in another process');
}, 30_000);

test('keeps a review that was answered 201, even when it is killed the moment after', async () => {
  const answer = await fetch(serving.url + REVIEWS, {
    method: 'POST',
    body: JSON.stringify({ rating: 5, author: 'Mara', email: 'mara@example.com' }),
  });
  expect(answer.status).toBe(201);
  expect(await serving.end('SIGKILL')).toBeNull();
  serving = await startServing(env);
  expect(await count()).toBe(1);
}, 60_000);

test.each(['SIGTERM', 'SIGINT'] as const)(
  'ends well on %s',
  async (signal) => {
    if (serving.child.exitCode !== null) serving = await startServing(env);
    expect(await serving.end(signal)).toBe(0);
  },
  30_000,
);

test('says what is wrong with its environment', async () => {
  const { code, stderr } = await plaudit(['serve'], {
    env: { ORIGIN_PORT: 'http', EDGE_PURGE_URLS: 'nowhere' },
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/ORIGIN_PORT: .*\n.*EDGE_PURGE_URLS/s);
});
