import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plaudit } from '../../test/command-line.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-app-'));
const run = (...args: string[]) => plaudit(args, { env: { DATA_DIR: dataDir } });

beforeAll(async () => {
  await run('shop', 'create', '--key', 'acme');
});
afterAll(() => rmSync(dataDir, { recursive: true }));

test('apps are made, listed, given a new secret and removed', async () => {
  const args = ['--shop', 'acme', '--name', 'Dashboard', '--scope', 'reviews:read'];
  const made = await run('app', 'create', ...args);
  expect(made.stderr).toBe('');
  const id = /app_[0-9a-f]{24}/.exec(made.stdout)?.[0] ?? '';
  const secret = /shown this once: (plaudit_[\w-]{43})\n/.exec(made.stdout)?.[1];
  expect(secret).toBeDefined();
  const list = async () => (await run('app', 'list', '--shop', 'acme')).stdout;
  expect(await list()).toBe(`${id}  Dashboard  (reviews:read)  secrets used: never\n`);
  const rotated = await run('app', 'rotate-secret', id, '--shop', 'acme');
  expect(rotated.stdout).toMatch(/shown this once: plaudit_/);
  expect(rotated.stdout).not.toContain(secret);
  expect(await list()).toContain('never, never');
  expect((await run('app', 'revoke', id, '--shop', 'acme')).stdout).toContain(id);
  expect(await list()).toBe('');
});

test('what is wrong is said', async () => {
  const unknown = await run('app', 'revoke', 'nix', '--shop', 'acme');
  expect(unknown).toMatchObject({ code: 1, stderr: 'There is no app "nix" in this shop.\n' });
  const args = ['app', 'create', '--shop', 'acme', '--name', 'x', '--scope', 'everything'];
  expect((await run(...args)).stderr).toMatch(/There is no scope "everything"; there are reviews/);
});
