import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plaudit } from '../../test/command-line.ts';
import { makeEmbedded } from '../../test/databases.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-webhook-'));
const run = (...args: string[]) => plaudit(args, { env: { DATA_DIR: dataDir } });

beforeAll(async () => {
  await makeEmbedded(dataDir);
  await run('shop', 'create', '--key', 'acme');
});
afterAll(() => rmSync(dataDir, { recursive: true }));

test('webhooks are added, listed, rotated, disabled, enabled and removed', async () => {
  const address = 'https://hooks.example/plaudit';
  const added = await run('webhook', 'add', address, '--shop', 'acme', '--event', 'review.created');
  expect(added.stderr).toBe('');
  expect(added.stdout).toMatch(/shown this once: whsec_/);
  const id = /Webhook (\w+)/.exec(added.stdout)?.[1] ?? '';
  const list = async () => (await run('webhook', 'list', '--shop', 'acme')).stdout;
  expect(await list()).toBe(`${id}  on        ${address}  (review.created)\n`);
  expect((await run('webhook', 'rotate', id, '--shop', 'acme')).stdout).toMatch(/whsec_/);
  await run('webhook', 'disable', id, '--shop', 'acme');
  expect(await list()).toContain('merchant');
  await run('webhook', 'enable', id, '--shop', 'acme');
  const replay = await run('webhook', 'replay', id, '--shop', 'acme', '--since', '2026-01-01');
  expect(replay.stdout).toBe('0 messages are sent again.\n');
  await run('webhook', 'remove', id, '--shop', 'acme');
  expect(await list()).toBe('');
});

test('what is wrong is said', async () => {
  const unknown = await run('webhook', 'remove', 'nix', '--shop', 'acme');
  expect(unknown).toMatchObject({ code: 1, stderr: 'There is no webhook "nix" in this shop.\n' });
  const bad = await run('webhook', 'replay', 'x', '--shop', 'acme', '--since', 'monday');
  expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining('is not a time') });
});
