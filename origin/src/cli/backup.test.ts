/** Backups as people make them, and machines that fail while they do. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMAND, plaudit } from '../../test/command-line.ts';
import { databases, makeEmbedded, openFreshPostgres } from '../../test/databases.ts';
import { openDatabase, type OpenDatabase } from '../db/database.ts';
import { findNewest } from '../backup/backup-folder.ts';
import { asSystem } from '../db/row-security.ts';
import { listActs } from '../domain/audit/list.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-backup-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Enough photos that writing them takes a while. */
const PHOTOS = 70;

describe.each(databases)('plaudit backup of %s', (kind) => {
  const dataDir = join(folder, kind);
  const backups = join(dataDir, 'backups');
  let env: Record<string, string> = { DATA_DIR: dataDir };
  let close = async () => {};
  const run = (...args: string[]) => plaudit(args, { env });
  beforeAll(async () => {
    if (kind !== 'Postgres') return makeEmbedded(dataDir);
    const fresh = await openFreshPostgres();
    ({ close } = fresh);
    env = { ...env, DATABASE_URL: fresh.databaseUrl };
  });
  afterAll(() => close());

  test('makes a key that only its owner may read, and a backup that can be listed, verified and drilled', async () => {
    await run('shop', 'create', '--key', 'acme');
    const made = await run('backup');
    expect(made.stderr).toMatch(/A new key is in .*Keep a copy/);
    expect(made.stdout).toMatch(/\.backup: \d+ rows, 0\.0 MB\n$/);
    expect(statSync(join(dataDir, 'backup.key')).mode & 0o777).toBe(0o600);
    const { name } = await findNewest(backups);
    expect(statSync(join(backups, name)).mode & 0o777).toBe(0o600);
    expect((await run('backup', 'list')).stdout).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d .* MB {2}\S+\n$/,
    );
    expect((await run('backup', 'verify')).stdout).toMatch(/is whole: \d+ rows in \d+ tables/);
    const drilled = await run('backup', 'drill');
    expect(drilled).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('came back as they were'),
    });
    expect(drilled.stderr).toBe('');
  });

  test('is restored into an empty place, and caches are told', async () => {
    const [file] = JSON.parse(`[${(await run('backup', 'list', '--json')).stdout}]`) as {
      path: string;
    }[];
    const path = file?.path ?? '';
    expect(await run('restore', path)).toMatchObject({
      code: 1,
      stderr: 'The database is not empty. Restore into a new one.\n',
    });
    const fresh = {
      DATA_DIR: join(dataDir, 'fresh'),
      BACKUP_KEY_FILE: join(dataDir, 'backup.key'),
    };
    expect((await plaudit(['restore', path], { env: fresh })).stdout).toMatch(
      /rows are back as they were at 20/,
    );
    const { db, close } = await openDatabase({ dataDir: fresh.DATA_DIR });
    const { rows } = (await asSystem(db, (tx) => tx.execute(sql`select payload from outbox`))) as {
      rows: unknown[];
    };
    expect(rows).toContainEqual({ payload: { tags: ['shop:acme'], mode: 'hard' } });
    const [act] = await listActs(db, 'acme', 1);
    expect(act).toMatchObject({ verb: 'backup.restore', actor: 'cli' });
    await close();
  });

  test('is refused with status 1 when it was changed, cut off or is sealed with another key', async () => {
    const { name } = await findNewest(backups);
    const whole = readFileSync(join(backups, name));
    const spoiled = join(dataDir, 'spoiled.backup');
    const damaged = {
      code: 1,
      stdout: '',
      stderr: 'The backup is damaged: it was cut off or changed.\n',
    };
    writeFileSync(spoiled, whole.subarray(0, -20));
    expect(await run('backup', 'verify', spoiled)).toEqual(damaged);
    whole.writeUInt8(whole.readUInt8(whole.length - 40) ^ 4, whole.length - 40);
    writeFileSync(spoiled, whole);
    expect(await run('backup', 'drill', spoiled)).toEqual(damaged);
    const other = { ...env, BACKUP_KEY: randomBytes(32).toString('hex') };
    const { code, stderr } = await plaudit(['backup', 'verify'], { env: other });
    expect([code, stderr]).toEqual([1, expect.stringContaining('sealed with another key')]);
  });

  test('that is killed in the middle leaves the older ones and no half one', async () => {
    const { db, close } = await openDatabase({
      dataDir,
      ...(env['DATABASE_URL'] ? { databaseUrl: env['DATABASE_URL'] } : {}),
    });
    const acts = await listActs(db, 'acme', 2);
    expect(acts).toMatchObject([
      { verb: 'backup.drill', actor: 'cli' },
      { verb: 'backup.make', actor: 'cli' },
    ]);
    await asSystem(db, async (tx) => {
      const noise = sql`(select string_agg(sha256((n || '-' || i)::text::bytea), '') from generate_series(1, 15000) as i)`;
      await tx.execute(sql`insert into uploads (public_id, shop_id, small, medium, large, created_at)
        select 'photo-' || n, (select min(id) from shops), ${noise}, '', '', now() from generate_series(1, ${PHOTOS}) as n`);
    });
    await close();
    const before = (await run('backup', 'list')).stdout;
    const child = spawn(process.execPath, [...COMMAND, 'backup'], { env, stdio: 'ignore' });
    const ended = once(child, 'exit');
    const parts = () => readdirSync(backups).filter((name) => name.endsWith('.part'));
    await expect
      .poll(() => parts().some((name) => statSync(join(backups, name)).size > 100_000), {
        interval: 5,
        timeout: 20_000,
      })
      .toBe(true);
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(parts()).toHaveLength(1);
    expect((await run('backup', 'list')).stdout).toBe(before);
    expect((await run('backup', 'verify')).code).toBe(0);
    // Nothing is in the way of the next one.
    expect((await run('backup')).code).toBe(0);
    expect((await run('backup', 'verify')).stdout).toContain('is whole');
  });

  test('can be restored again when restoring it was killed in the middle', async () => {
    const fresh = kind === 'Postgres' ? await openFreshPostgres() : undefined;
    const target = {
      DATA_DIR: join(dataDir, 'killed'),
      BACKUP_KEY_FILE: join(dataDir, 'backup.key'),
      ...(fresh && { DATABASE_URL: fresh.databaseUrl }),
    };
    const { path } = await findNewest(backups);
    const child = spawn(process.execPath, [...COMMAND, 'restore', path], {
      env: target,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    const isWriting = async () =>
      fresh ? isInserting(fresh) : sizeOf(join(target.DATA_DIR, 'db', 'base')) > HALF_WRITTEN_BYTES;
    await expect.poll(isWriting, { interval: 5, timeout: 30_000 }).toBe(true);
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    // Not over rows of the first: there are none.
    expect((await plaudit(['restore', path], { env: target })).stdout).toContain('rows are back');
    await fresh?.close();
  });
});

/** An embedded database without rows takes 24 MB, one with the photos 57. */
const HALF_WRITTEN_BYTES = 38e6;

function sizeOf(folder: string): number {
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const sizes = files.map(
    (file) => statSync(join(file.parentPath, file.name), NO_THROW)?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
const NO_THROW = { throwIfNoEntry: false } as const;

async function isInserting({ db }: OpenDatabase): Promise<boolean> {
  const { rows } = (await asSystem(db, (tx) =>
    tx.execute(sql`select 1 from pg_stat_activity
      where datname = current_database() and query like 'insert into "uploads"%'`),
  )) as { rows: unknown[] };
  return rows.length > 0;
}

test('says that there is no backup, or no key', async () => {
  const env = { DATA_DIR: join(folder, 'none') };
  const drilled = await plaudit(['backup', 'drill'], { env });
  expect([drilled.code, drilled.stderr]).toEqual([
    1,
    expect.stringContaining('There is no backup in'),
  ]);
  const file = join(folder, 'some.backup');
  writeFileSync(file, 'text');
  const verified = await plaudit(['backup', 'verify', file], { env });
  expect([verified.code, verified.stderr]).toEqual([1, expect.stringContaining('There is no key')]);
});
