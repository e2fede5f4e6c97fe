import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plaudit } from '../../test/command-line.ts';
import { makeEmbedded } from '../../test/databases.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-app-'));
const run = (...args: string[]) => plaudit(args, { env: { DATA_DIR: dataDir } });

beforeAll(async () => {
  await makeEmbedded(dataDir);
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

test('people are added with a password that is shown once, and removed', async () => {
  const added = await run('person', 'add', 'mara@example.com', '--shop', 'acme');
  expect(added.stderr).toBe('');
  expect(added.stdout).toMatch(
    /^The person [0-9a-f]{24} may sign in.\nTheir .* once: [\w-]{20}\n$/,
  );
  const again = await run('person', 'add', 'Mara@example.com', '--shop', 'acme');
  expect(again).toMatchObject({ code: 1, stderr: 'This person is there already.\n' });
  const apps = await run('person', 'apps', 'mara@example.com', '--shop', 'acme');
  expect(apps).toMatchObject({ code: 0, stdout: '', stderr: '' });
  const args = ['person', 'withdraw', 'mara@example.com', 'nix', '--shop', 'acme'];
  expect(await run(...args)).toMatchObject({ code: 1, stderr: expect.stringContaining('no app') });
  expect((await run('person', 'remove', 'mara@example.com', '--shop', 'acme')).code).toBe(0);
  expect((await run('person', 'remove', 'mara@example.com', '--shop', 'acme')).code).toBe(1);
});

test('an app is sent back to where nobody else can listen only', async () => {
  const create = (...more: string[]) =>
    run('app', 'create', '--shop', 'acme', '--name', 'x', '--redirect', ...more);
  const phone = await create('com.example.app:/back', '--public');
  expect(phone).toMatchObject({ code: 0, stdout: expect.not.stringContaining('secret') });
  for (const uri of ['http://app.example/', 'com.example.app:/back', 'https://a.example/#x'])
    expect((await create(uri)).stderr).toContain('cannot be a redirect URI');
});

test('what is wrong is said', async () => {
  const unknown = await run('app', 'revoke', 'nix', '--shop', 'acme');
  expect(unknown).toMatchObject({ code: 1, stderr: 'There is no app "nix" in this shop.\n' });
  const args = ['app', 'create', '--shop', 'acme', '--name', 'x', '--scope', 'everything'];
  expect((await run(...args)).stderr).toMatch(/There is no scope "everything"; there are reviews/);
});
