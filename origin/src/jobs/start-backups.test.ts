import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databases, makeEmbedded, openFreshPostgres } from '../../test/databases.ts';
import { createTestVault } from '../../test/vault.ts';
import { nameBackup } from '../backup/backup-folder.ts';
import { readBackupKey } from '../backup/backup-key.ts';
import type { Serving } from '../backup/write-apart.ts';
import { verifyBackup } from '../backup/read-backup.ts';
import { openDatabase } from '../db/database.ts';
import { listActs } from '../domain/audit/list.ts';
import { createShop } from '../domain/shops/create.ts';
import { findShop } from '../domain/shops/find.ts';
import { startBackups, type BackupJob } from './start-backups.ts';

const root = mkdtempSync(join(tmpdir(), 'plaudit-daily-'));
afterAll(() => rmSync(root, { recursive: true }));

describe.each(databases)('the daily backup of %s', (kind) => {
  const dataDir = join(root, kind);
  const folder = join(dataDir, 'backups');
  const keyFile = join(dataDir, 'backup.key');
  let now = new Date('2026-03-02T12:00:00Z');
  let serving: Serving;
  let close = async () => {};
  let said: string[] = [];

  const job = (): BackupJob => ({
    serving,
    backup: { folder, keyFile },
    schedule: { minute: 180, jitterMs: 600_000 },
    now: () => now,
    log: pino({}, { write: (line) => said.push((JSON.parse(line) as { msg: string }).msg) }),
  });
  const files = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.backup'))
      .toSorted();
  const saying = (word: string) => expect.poll(() => said, { timeout: 30_000 }).toContain(word);

  beforeAll(async () => {
    mkdirSync(dataDir, { recursive: true });
    const fresh = kind === 'Postgres' ? await openFreshPostgres() : undefined;
    if (!fresh) await makeEmbedded(dataDir);
    const database = fresh ?? (await openDatabase({ dataDir }));
    ({ close } = database);
    const { db } = database;
    serving = { db, dataDir, ...(fresh && { databaseUrl: fresh.databaseUrl }) };
    const context = {
      db,
      now: () => now,
      actor: 'cli' as const,
      vault: createTestVault(db),
      onOutbox: () => {},
    };
    await createShop(context, { appKey: 'acme', name: 'Acme', autoPublish: true });
  });
  beforeEach(() => {
    said = [];
  });
  afterAll(() => close());

  test('is made at once where none is, while the database answers, and can be read', async () => {
    const running = startBackups(job());
    const reads = [];
    for (let n = 0; n < 20; n++) reads.push(findShop(serving.db, 'acme'));
    await Promise.all(reads);
    await saying('backed up');
    await running.stop();
    expect(said).toEqual(['a new backup key: keep a copy of it in another place', 'backed up']);
    const [act] = await listActs(serving.db, 'acme', 1);
    expect(act).toMatchObject({ verb: 'backup.make', actor: 'system' });
    expect(files()).toEqual([nameBackup(now)]);
    const { tables } = await verifyBackup(
      join(folder, nameBackup(now)),
      readBackupKey({ keyFile }),
    );
    expect(tables['shops']?.rows).toBe(1);
    expect(readdirSync(dataDir)).not.toContain('backup-copy');
  });

  test('is made again when its time has come on the next day, and not before', async () => {
    const running = startBackups(job());
    now = new Date('2026-03-03T03:09:00Z');
    await running.stop();
    expect(said).toEqual([]);
    now = new Date('2026-03-03T03:10:00Z');
    const later = startBackups(job());
    await saying('backed up');
    await later.stop();
    expect(files()).toHaveLength(2);
  });

  test('lets those go that nobody needs', async () => {
    for (let day = 1; day < 28; day++) {
      writeFileSync(join(folder, nameBackup(new Date(Date.UTC(2026, 1, day, 3)))), '');
    }
    now = new Date('2026-03-04T12:00:00Z');
    const running = startBackups(job());
    await saying('an old backup is removed');
    await running.stop();
    const days = files().map((name) => name.slice('plaudit-'.length, 'plaudit-2026-03-01'.length));
    // Seven days, and the last days of two earlier weeks; the last of the month is one of the seven.
    expect(days).toEqual(
      ['02-15', '02-22', '02-24', '02-25', '02-26', '02-27', '03-02', '03-03', '03-04'].map(
        (day) => `2026-${day}`,
      ),
    );
  });

  test('that fails is tried again later, and is said without what was in it', async () => {
    now = new Date('2026-03-05T12:00:00Z');
    const broken = { ...job(), backup: { folder: keyFile, keyFile } };
    const running = startBackups(broken);
    await saying('no backup could be made');
    await running.stop();
    expect(said).toHaveLength(1);
  });

  test.skipIf(kind === 'PGlite')('is made by one of several origins', async () => {
    now = new Date('2026-03-06T12:00:00Z');
    const running = [1, 2, 3].map(() => startBackups(job()));
    await saying('backed up');
    await Promise.all(running.map((loop) => loop.stop()));
    expect(said.filter((word) => word === 'backed up')).toHaveLength(1);
    expect(files().filter((name) => name.includes('2026-03-06'))).toHaveLength(1);
  });
});
