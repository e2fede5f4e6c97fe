import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plaudit } from '../../test/command-line.ts';
import { makeEmbedded } from '../../test/databases.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'plaudit-shop-remove-'));
const run = (...args: string[]) => plaudit(args, { env: { DATA_DIR: dataDir }, cwd: dataDir });
const proof = join(dataDir, 'plaudit-removal-acme.json');

beforeAll(async () => {
  await makeEmbedded(dataDir);
  await run('shop', 'create', '--key', 'acme');
  await run('backup');
}, 60_000);
afterAll(() => rmSync(dataDir, { recursive: true }));

test('GD04: plaudit shop remove asks first, and removes nothing where its proof cannot be written', async () => {
  expect(await run('shop', 'remove', 'acme')).toMatchObject({
    code: 2,
    stderr: 'Nobody is there to confirm it: add --yes.\n',
  });
  writeFileSync(proof, 'of another time');
  const refused = await run('shop', 'remove', 'acme', '--yes');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('EEXIST')]);
  expect(readFileSync(proof, 'utf8')).toBe('of another time');
  rmSync(proof);
  expect((await run('audit', 'verify', '--shop', 'acme')).code).toBe(0);
}, 60_000);

test('GD04: plaudit shop remove writes what is gone, and which backups still hold it', async () => {
  const removed = await run('shop', 'remove', 'acme', '--yes');
  expect(removed).toMatchObject({ code: 0, stdout: expect.stringContaining('is removed') });
  expect(JSON.parse(readFileSync(proof, 'utf8'))).toMatchObject({
    appKey: 'acme',
    rows: { shops: 1, shop_summaries: 1, settings_versions: 2 },
    backups: [expect.stringMatching(/\.backup$/)],
  });
  expect((await run('audit', 'verify', '--shop', 'acme')).code).toBe(1);
}, 60_000);
