/** Backups there and back, and what becomes of one that somebody or something has changed. */
import { randomBytes } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, openFreshPostgres } from '../../test/databases.ts';
import { createTestVault } from '../../test/vault.ts';
import { openDatabase, type DatabaseLocation, type OpenDatabase } from '../db/database.ts';
import { knownMigrations, readMigration } from '../db/migrations.ts';
import { asSystem } from '../db/row-security.ts';
import { rowsOf } from '../db/rows-of.ts';
import type { Context } from '../domain/context.ts';
import { askQuestion } from '../domain/questions/ask.ts';
import { submitReview } from '../domain/reviews/submit.ts';
import { oauthArtefacts } from '../db/oauth-schema.ts';
import { createShop } from '../domain/shops/create.ts';
import { keepUpload } from '../domain/uploads/keep.ts';
import { addEndpoint } from '../domain/webhooks/add.ts';
import { findNewest, listBackups, nameBackup, removeAbandoned } from './backup-folder.ts';
import { drill } from './drill.ts';
import { verifyBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { newHeader, readHeader, seal, unseal } from './seal.ts';
import { fixTextForms, tallyTables } from './tables.ts';
import { BACKUP_LOCK, writeBackup } from './write-backup.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-backup-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = randomBytes(32);
const now = new Date('2026-03-01T12:00:00.000Z');
/** Every kind of character that a text form might get wrong. */
const ODD = 'a\tb\nc\\d"e\'f\u2028{},;NULL \\N \u{1F600} \u00E9 e\u0301';

async function fill(db: OpenDatabase['db'], reviews = 30): Promise<void> {
  const context: Context = {
    db,
    now: () => now,
    actor: 'cli',
    vault: createTestVault(db),
    onOutbox: () => {},
  };
  for (const appKey of ['acme', 'other']) {
    await createShop(context, { appKey, name: ODD, autoPublish: true });
    for (let n = 0; n < reviews; n++) {
      const review = { rating: ((n % 5) + 1) as 5, title: ODD, body: `${ODD} ${n}` };
      const person = { author: ODD.slice(0, 20), email: 'mara@example.com' };
      await submitReview(context, appKey, `kettle-${n % 3}`, { ...review, ...person });
    }
    const person = { author: 'Mara', email: 'mara@example.com' };
    await askQuestion(context, appKey, 'kettle-1', { body: 'Is it warm?', ...person });
    await addEndpoint(context, appKey, { url: 'https://hooks.example/', events: [] });
    // More than are read at once, and chunks and pieces of all sizes.
    for (const size of [0, 1, 70_000, 5, 64, 131_072, 9, 8, 7, 200_000]) {
      const bytes = randomBytes(size);
      await keepUpload(context, appKey, { small: bytes, medium: bytes, large: bytes });
    }
  }
}

/** An empty database of one kind, by its address. */
async function makeEmpty(
  kind: string,
): Promise<{ location: DatabaseLocation; remove: () => Promise<void> }> {
  if (kind === 'PGlite') {
    const dataDir = mkdtempSync(join(folder, 'data-'));
    return { location: { dataDir }, remove: async () => rmSync(dataDir, { recursive: true }) };
  }
  const { databaseUrl, close } = await openFreshPostgres();
  return { location: { databaseUrl }, remove: close };
}

const tallies = (db: OpenDatabase['db']) =>
  asSystem(db, async (tx) => {
    await fixTextForms(tx);
    return tallyTables(tx);
  });

/** What does not depend on the database is tested on the quicker one. */
const [quicker] = databases.at(-1) ?? [];

describe.each(databases)('a backup of %s', (kind, open) => {
  const own = join(folder, kind);
  let database: OpenDatabase;
  let path = '';
  beforeAll(async () => {
    database = await open();
    await fill(database.db);
    path = (await writeBackup({ db: database.db, folder: own, key, now }))?.path ?? '';
  });
  afterAll(() => database.close());

  test('has all rows, and nothing that can be read without the key', async () => {
    const { tables } = await verifyBackup(path, key);
    expect(tables).toEqual(await tallies(database.db));
    expect(tables['reviews']?.rows).toBe(60);
    expect(tables['uploads']?.rows).toBe(20);
    expect(readFileSync(path).includes('mara@example.com')).toBe(false);
  });

  test.each(databases.map(([name]) => name))(
    'comes back into %s as it was, and new rows can be added',
    async (target) => {
      const { location, remove } = await makeEmpty(target);
      await restoreBackup({ erasures: [], path, key, location });
      const restored = await openDatabase(location);
      expect(await tallies(restored.db)).toEqual(await tallies(database.db));
      const context: Context = {
        db: restored.db,
        now: () => now,
        actor: 'cli',
        vault: createTestVault(restored.db),
        onOutbox: () => {},
      };
      const person = { author: 'Ines', email: 'ines@example.com' };
      await submitReview(context, 'acme', 'kettle-1', { rating: 4, ...person });
      // Foreign keys hold again.
      const orphan = sql`update reviews set product_id = 999999`;
      await expect(asSystem(restored.db, (tx) => tx.execute(orphan))).rejects.toThrow(
        'Failed query',
      );
      await restored.close();
      await remove();
    },
  );

  test.skipIf(kind !== quicker)('is not restored over rows, unless told to', async () => {
    const { location, remove } = await makeEmpty(kind);
    const before = await openDatabase(location);
    const context: Context = {
      db: before.db,
      now: () => now,
      actor: 'cli',
      vault: createTestVault(before.db),
      onOutbox: () => {},
    };
    await createShop(context, { appKey: 'mine', name: 'Mine', autoPublish: true });
    await before.close();
    await expect(restoreBackup({ erasures: [], path, key, location })).rejects.toThrow(
      'is not empty',
    );
    await restoreBackup({ erasures: [], path, key, location, isForced: true });
    const after = await openDatabase(location);
    expect(await tallies(after.db)).toEqual(await tallies(database.db));
    await after.close();
    await remove();
  });

  test.skipIf(kind !== quicker)('passes a drill, which leaves nothing behind', async () => {
    const location =
      kind === 'PGlite'
        ? {}
        : { databaseUrl: (database as unknown as { databaseUrl: string }).databaseUrl };
    const { tables } = await drill({ path, key, location });
    expect(tables).toEqual(await tallies(database.db));
    if (kind === 'PGlite') return;
    const left = sql`select datname from pg_database where datname like 'plaudit_drill_%'`;
    expect(await rowsOf(database.db, left)).toEqual([]);
  });

  test.skipIf(kind !== quicker)(
    'that does not come to what it says it was is not restored',
    async () => {
      // Made by whoever has the key, with a row less than its end tells of.
      const { location, remove } = await makeEmpty(kind);
      const spoiled = await remake(path, (text) => text.replace(/\n\[.*\n/, '\n'));
      await expect(verifyBackup(spoiled, key)).rejects.toThrow(/\w+: \d+ rows expected, \d+ found/);
      await expect(restoreBackup({ erasures: [], path: spoiled, key, location })).rejects.toThrow(
        /rows expected|violates/,
      );
      const after = await openDatabase(location);
      const rows = Object.values(await tallies(after.db)).map((tally) => tally.rows);
      expect(new Set(rows)).toEqual(new Set([0]));
      await after.close();
      await remove();
    },
  );

  test.skipIf(kind !== quicker)(
    'is refused when it is of a newer schema, or meets one',
    async () => {
      const { location, remove } = await makeEmpty(kind);
      const newest = knownMigrations().at(-1) ?? 0;
      const newer = await remake(path, (text) => text, newest + 1);
      await expect(restoreBackup({ erasures: [], path: newer, key, location })).rejects.toThrow(
        'newer version',
      );
      const older = await remake(path, (text) => text, knownMigrations().at(-2));
      if (kind === 'PGlite') await (await openDatabase(location)).close();
      await expect(restoreBackup({ erasures: [], path: older, key, location })).rejects.toThrow(
        'newer schema',
      );
      await remove();
    },
  );

  test.skipIf(kind === 'PGlite')('is written by one process at a time', async () => {
    const plan = { db: database.db, folder: join(own, 'once'), key, now };
    await asSystem(database.db, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${BACKUP_LOCK}::bigint)`);
      expect(await writeBackup(plan)).toBeUndefined();
      expect(readdirSync(plan.folder)).toEqual([]);
    });
    expect(await writeBackup(plan)).toBeDefined();
  });
});

test('a backup of an older schema is restored and brought up to date', async () => {
  const location = { dataDir: mkdtempSync(join(folder, 'old-')) };
  const [before = 0, newest = 0] = knownMigrations().slice(-2);
  const old = await openDatabase({ ...location, migrateTo: before });
  const shop = sql`insert into shops (app_key, name, settings) values ('old', 'Old', '{}')`;
  await asSystem(old.db, (tx) => tx.execute(shop));
  const plan = { db: old.db, folder: join(folder, 'of-old'), key, now };
  const { path = '' } = (await writeBackup(plan)) ?? {};
  await old.close();
  const fresh = { dataDir: mkdtempSync(join(folder, 'fresh-')) };
  const { header } = await restoreBackup({ erasures: [], path, key, location: fresh });
  expect(header.migration).toBe(before);
  const restored = await openDatabase(fresh);
  await asSystem(restored.db, async (tx) => {
    expect(await rowsOf(tx, sql`select app_key from shops`)).toEqual([{ app_key: 'old' }]);
    expect(await readMigration(tx)).toBe(newest);
  });
  await restored.close();
}, 120_000);

test('nobody comes back signed in: a token that was revoked since would be good again', async () => {
  const { location } = await makeEmpty('PGlite');
  const { db, close } = await openDatabase(location);
  await fill(db, 1);
  await asSystem(db, async (tx) => {
    for (const model of ['Session', 'Grant', 'AccessToken', 'RefreshToken']) {
      const expiresAt = new Date(now.getTime() + 3_600_000);
      await tx
        .insert(oauthArtefacts)
        .values({ id: model, shopId: 1, model, payload: {}, expiresAt });
    }
  });
  const { path = '' } =
    (await writeBackup({ db, folder: join(folder, 'signed-in'), key, now })) ?? {};
  const then = await tallies(db);
  expect(then['oauth_artefacts']?.rows).toBe(4);
  await close();
  const fresh = await makeEmpty('PGlite');
  await restoreBackup({ erasures: [], path, key, location: fresh.location });
  const restored = await openDatabase(fresh.location);
  const { oauth_artefacts: left, ...others } = await tallies(restored.db);
  expect(left?.rows).toBe(0);
  expect({ ...others, oauth_artefacts: then['oauth_artefacts'] }).toEqual(then);
  await restored.close();
}, 60_000);

describe('the folder of backups', () => {
  const own = join(folder, 'names');
  const at = (day: number) => new Date(Date.UTC(2026, 2, day, 3, 4, 5, 6));

  test('lists what is whole by its name, the newest first, and nothing else', async () => {
    expect(await listBackups(own)).toEqual([]);
    await expect(findNewest(own)).rejects.toThrow(`There is no backup in ${own}`);
    mkdirSync(own);
    for (const name of [1, 3, 2].map((day) => nameBackup(at(day))))
      writeFileSync(join(own, name), '');
    for (const name of ['notes.txt', `${nameBackup(at(9))}.part`])
      writeFileSync(join(own, name), '');
    expect((await listBackups(own)).map(({ createdAt }) => createdAt)).toEqual([3, 2, 1].map(at));
    expect((await findNewest(own)).createdAt).toEqual(at(3));
  });

  test('is rid of half backups a day after they broke off, and not before', async () => {
    const part = join(own, `${nameBackup(at(9))}.part`);
    utimesSync(part, at(9), at(9));
    await removeAbandoned(own, at(10));
    expect(existsSync(part)).toBe(true);
    await removeAbandoned(own, at(11));
    expect(existsSync(part)).toBe(false);
    expect(await listBackups(own)).toHaveLength(3);
  });
});

/** A backup with other contents, as somebody who has the key could make it. */
async function remake(
  path: string,
  change: (text: string) => string,
  migration?: number,
): Promise<string> {
  const old = await readHeader(path);
  const compressed = await buffer(unseal(createReadStream(path), key));
  const text = change(gunzipSync(compressed).toString());
  const createdAt = new Date(old.createdAt);
  const header = newHeader(key, { createdAt, migration: migration ?? old.migration });
  const sealed = await buffer(seal(Readable.from([gzipSync(text)]), key, header));
  const made = join(folder, `${randomBytes(4).toString('hex')}.backup`);
  writeFileSync(made, sealed);
  return made;
}
