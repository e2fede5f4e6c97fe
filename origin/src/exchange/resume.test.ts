/** Imports that are killed in the middle, in a process of their own, as machines do it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plaudit } from '../../test/command-line.ts';
import { databases, makeEmbedded, openFreshPostgres } from '../../test/databases.ts';
import { openDatabase } from '../db/database.ts';
import { asSystem } from '../db/row-security.ts';

const MAIN = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const ROWS = 10_000;
const folder = mkdtempSync(join(tmpdir(), 'plaudit-resume-'));
const path = join(folder, 'reviews.csv');
beforeAll(() => {
  // Some rows are the same as others, some cannot be read, and none has a date or an id.
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const rating = n % 100 === 99 ? 'none' : (n % 5) + 1;
    return `product-${n % 50},${rating},"Text ${n % 3000} &amp; more"\n`;
  });
  writeFileSync(path, `sku,rating,body\n${rows.join('')}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts an import and kills it with its first batches written. */
async function killInTheMiddle(args: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=@plaudit/source', MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(child, 'exit');
  let said = '';
  for await (const chunk of child.stderr) {
    said += String(chunk);
    if (said.includes('rows/s')) break;
  }
  child.kill('SIGKILL');
  expect(await exit).toEqual([null, 'SIGKILL']);
}

describe.each(databases)('an import into %s that is killed', (name) => {
  let env: Record<string, string> = {};
  let close = async () => {};
  const run = (...args: string[]) => plaudit(args, { env, cwd: folder });
  beforeAll(async () => {
    if (name === 'PGlite') {
      const dataDir = join(folder, 'data');
      await makeEmbedded(dataDir);
      env = { DATA_DIR: dataDir };
    } else {
      const { databaseUrl, close: drop } = await openFreshPostgres();
      env = { DATABASE_URL: databaseUrl };
      close = drop;
    }
  });
  afterAll(() => close());

  test('goes on where it was, and in the end is as if nothing had happened', async () => {
    await run('import', path, '--shop', 'whole', '--create-shop', '--errors', 'whole.csv');
    const args = ['import', path, '--shop', 'killed', '--create-shop', '--errors', 'killed.csv'];
    await killInTheMiddle(args, env);
    const resumed = await run(...args);
    expect(resumed.stderr).toMatch(/10,000 rows read, going on with/);
    expect(resumed.stderr).toMatch(/9,900 imported\n +0 were there already\n +100 could not/);
    const { stdout } = await run('import', 'list', '--shop', 'killed', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ state: 'done', imported: 9900, known: 0 });
    for (const list of ['killed.csv', 'whole.csv'])
      expect(readFileSync(join(folder, list), 'utf8').split('\r\n')).toHaveLength(102);
    const texts = async (key: string) => {
      await run('export', '--shop', key, '--format', 'shopify', '--output', key);
      return readTexts(join(folder, key));
    };
    expect(await texts('killed')).toEqual(await texts('whole'));
  }, 300_000);
});

test('an import into an empty embedded database that is killed has its indexes built by the next opening', async () => {
  const dataDir = join(folder, 'late');
  await makeEmbedded(dataDir);
  await killInTheMiddle(['import', path, '--shop', 'late', '--create-shop'], { DATA_DIR: dataDir });
  const countUnready = 'select count(*)::integer as count from pg_index where not indisready';
  const left = await PGlite.create(join(dataDir, 'db'));
  const { rows: before } = await left.query<{ count: number }>(countUnready);
  await left.close();
  expect(before[0]?.count).toBeGreaterThan(10);
  const { db, close } = await openDatabase({ dataDir });
  const after = await asSystem(db, (tx) => tx.execute(countUnready));
  await close();
  expect(after).toMatchObject({ rows: [{ count: 0 }] });
}, 300_000);

/** The reviews of an export without their dates: that of an undated one is the import's. */
function readTexts(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\r\n')
    .map((line) => line.replaceAll(/\d{4}-\d\d-\d\d [\d:]+ \+0000/g, ''));
}
