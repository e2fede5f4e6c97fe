/** Whom a restored backup does not bring back, whatever was lost. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, openFreshPostgres } from '../../test/databases.ts';
import { createTestVault } from '../../test/vault.ts';
import { openDatabase, type Database, type DatabaseLocation } from '../db/database.ts';
import type { Erasure } from '../db/erasures-schema.ts';
import { rowsOf } from '../db/rows-of.ts';
import { asSystem } from '../db/row-security.ts';
import { listActs } from '../domain/audit/list.ts';
import type { Context } from '../domain/context.ts';
import { createOrder } from '../domain/orders/change.ts';
import { erasePerson } from '../domain/persons/erase.ts';
import { exportPerson } from '../domain/persons/export.ts';
import { finishRestore } from '../domain/persons/finish-restore.ts';
import { askQuestion } from '../domain/questions/ask.ts';
import { submitReview } from '../domain/reviews/submit.ts';
import { withdrawReview } from '../domain/reviews/withdraw.ts';
import { createShop } from '../domain/shops/create.ts';
import { listAppKeys } from '../domain/shops/list-app-keys.ts';
import { removeShop } from '../domain/shops/remove.ts';
import { keepUpload } from '../domain/uploads/keep.ts';
import { addEndpoint } from '../domain/webhooks/add.ts';
import { copyErasures, readErasures } from './erasures-file.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const root = mkdtempSync(join(tmpdir(), 'plaudit-erasures-'));
afterAll(() => rmSync(root, { recursive: true }));

const key = randomBytes(32);
const now = new Date('2026-03-01T12:00:00.000Z');
const EMAIL = 'mara@example.com';
const CANARY = 'Mara Canary';
const photo = Uint8Array.of(7, 7, 7);

const makeContext = (db: Database, folder?: string): Context => ({
  db,
  now: () => now,
  actor: 'cli',
  vault: createTestVault(db),
  onOutbox: () => {},
  ...(folder !== undefined && { onErasure: () => copyErasures(db, folder) }),
});

async function fill(context: Context): Promise<void> {
  for (const appKey of ['acme', 'other']) {
    await createShop(context, { appKey, name: appKey, autoPublish: true });
    await addEndpoint(context, appKey, { url: 'https://hooks.example/', events: [] });
    const id = await keepUpload(context, appKey, { small: photo, medium: photo, large: photo });
    const mara = { author: CANARY, email: EMAIL };
    await submitReview(context, appKey, 'lamp', { rating: 1, body: 'Dim', media: [id], ...mara });
    const ines = { author: 'Ines', email: 'ines@example.com' };
    await submitReview(context, appKey, 'lamp', { rating: 4, body: 'Bright', ...ines });
    await askQuestion(context, appKey, 'lamp', { body: 'How bright?', ...mara });
    await createOrder(context, appKey, {
      externalId: '1001',
      orderedAt: now,
      customer: { email: EMAIL, lastName: CANARY },
      lines: [{ productId: 'lamp', quantity: 1, totalPrice: 9 }],
    });
  }
}

/** Every table's rows, as text. */
const dump = (db: Database) =>
  asSystem(db, async (tx) => {
    const names = await rowsOf<{ name: string }>(
      tx,
      sql`select relname as name from pg_class
          where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    let text = '';
    for (const { name } of names) {
      text += JSON.stringify(
        await rowsOf(tx, sql`select t::text as line from ${sql.identifier(name)} t`),
      );
    }
    return text;
  });

/** What pages show as counts. */
const counts = (db: Database) =>
  asSystem(db, async (tx) => [
    await rowsOf(tx, sql`select t::text as line from shop_summaries t order by 1`),
    await rowsOf(tx, sql`select t::text as line from rating_summaries t order by 1`),
  ]);

describe.each(databases)('erased from %s', (kind) => {
  const folder = join(root, kind, 'backups');
  const removals: (() => Promise<void>)[] = [];
  let before = '';
  let after = '';
  let live: DatabaseLocation;
  let countsThen: unknown;

  async function makeEmpty(): Promise<DatabaseLocation> {
    if (kind === 'PGlite') return { dataDir: mkdtempSync(join(root, 'data-')) };
    const { databaseUrl, close } = await openFreshPostgres();
    removals.push(close);
    return { databaseUrl };
  }

  /** Restores, looks, does what is left to do, looks again. */
  async function restore(plan: {
    path: string;
    location: DatabaseLocation;
    erasures: readonly Erasure[];
    isForced?: boolean;
  }) {
    await restoreBackup({ key, ...plan });
    const { db, close } = await openDatabase(plan.location);
    const context = makeContext(db);
    const brought = await dump(db);
    const finished = await finishRestore(context);
    const again = await finishRestore(context);
    return { context, close, brought, finished, again };
  }

  async function expectGone({ db }: Context): Promise<void> {
    expect(await dump(db)).not.toContain(CANARY);
    for (const appKey of ['acme', 'other']) {
      const found = await exportPerson(makeContext(db), appKey, EMAIL);
      const left = [found.reviews, found.questions, found.customers, found.orders];
      expect([...left.flat(), ...found.webhookPayloads, ...found.photos]).toEqual([]);
      const ines = await exportPerson(makeContext(db), appKey, 'ines@example.com');
      expect(ines.reviews).toHaveLength(1);
    }
    expect(await counts(db)).toEqual(countsThen);
  }

  beforeAll(async () => {
    live = await makeEmpty();
    const { db, close } = await openDatabase(live);
    const context = makeContext(db, folder);
    await fill(context);
    before = (await writeBackup({ db, folder, key, now }))?.path ?? '';
    await erasePerson(context, 'acme', EMAIL, { removesReviews: true });
    await erasePerson(context, 'other', EMAIL, { removesReviews: false });
    countsThen = await counts(db);
    const later = new Date(now.getTime() + 1);
    after = (await writeBackup({ db, folder, key, now: later }))?.path ?? '';
    await close();
  }, 60_000);
  afterAll(async () => {
    for (const remove of removals) await remove();
  });

  test('GD03: stays erased where last night’s backup is restored and the database was lost', async () => {
    const erasures = (await readErasures(folder)) ?? [];
    const restored = await restore({ path: before, location: await makeEmpty(), erasures });
    expect(restored.brought).toContain(CANARY);
    expect(restored.finished).toEqual({ erased: 2, unmatched: 0 });
    expect(restored.again).toEqual({ erased: 0, unmatched: 0 });
    await expectGone(restored.context);
    const [act] = await listActs(restored.context.db, 'acme', 50).then((acts) =>
      acts.filter(({ verb }) => verb === 'person.erase'),
    );
    expect(act).toMatchObject({ details: { reviews: 1, orders: 1, isReplay: true } });
    await restored.close();
  }, 60_000);

  test('GD03: stays erased where it is restored over the database, which knows it without a list', async () => {
    const restored = await restore({ path: before, location: live, erasures: [], isForced: true });
    expect(restored.finished).toEqual({ erased: 2, unmatched: 0 });
    await expectGone(restored.context);
    // The next backup knows of it, and so does its list.
    const own = join(root, kind, 'own');
    await copyErasures(restored.context.db, own);
    const byId = (list?: Erasure[]) => list?.toSorted((a, b) => a.id.localeCompare(b.id));
    expect(byId(await readErasures(own))).toEqual(byId(await readErasures(folder)));
    await restored.close();
  }, 60_000);

  test('GD03: what a backup knows of is not done again: whoever came back since is there', async () => {
    const first = await restore({
      path: after,
      location: await makeEmpty(),
      erasures: (await readErasures(folder)) ?? [],
    });
    expect(first.finished).toEqual({ erased: 0, unmatched: 0 });
    const { db } = first.context;
    const mara = { author: CANARY, email: EMAIL };
    await submitReview(first.context, 'acme', 'lamp', { rating: 5, body: 'Again', ...mara });
    const later = new Date(now.getTime() + 2);
    const { path = '' } = (await writeBackup({ db, folder, key, now: later })) ?? {};
    await first.close();
    const second = await restore({
      path,
      location: await makeEmpty(),
      erasures: (await readErasures(folder)) ?? [],
    });
    expect(second.finished).toEqual({ erased: 0, unmatched: 0 });
    expect((await exportPerson(second.context, 'acme', EMAIL)).reviews).toHaveLength(1);
    await second.close();
  }, 60_000);

  test('GD03: the list is its owner’s alone, names nobody, and survives a line that broke off', async () => {
    const path = join(folder, 'erasures.jsonl');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const whole = readFileSync(path, 'utf8');
    expect(whole.trim().split('\n')).toHaveLength(2);
    expect(whole).not.toMatch(/mara|canary|acme/i);
    appendFileSync(path, '{"id":"half a l');
    expect(await readErasures(folder)).toHaveLength(2);
    const { db, close } = await openDatabase(await makeEmpty());
    const context = makeContext(db, folder);
    await createShop(context, { appKey: 'acme', name: 'Acme', autoPublish: true });
    await erasePerson(context, 'acme', EMAIL, { removesReviews: true });
    expect(await readErasures(folder)).toHaveLength(3);
    expect(readFileSync(path, 'utf8').startsWith(whole)).toBe(true);
    await close();
    appendFileSync(path, '{"id":"a damaged line"}\n');
    await expect(readErasures(folder)).rejects.toThrow('Line 4 of');
  }, 60_000);
});

describe.each(databases)('a shop that was removed from %s', (_kind, open) => {
  test('GD04: is not brought back by a backup of before, and one with its number is left alone', async () => {
    const folder = mkdtempSync(join(root, 'removed-'));
    const { db, close } = await open();
    const context = makeContext(db, folder);
    await fill(context);
    const { path = '' } = (await writeBackup({ db, folder, key, now })) ?? {};
    await removeShop(context, 'other');
    await close();
    const erasures = (await readErasures(folder)) ?? [];
    expect(erasures).toMatchObject([{ shopId: 2, emailHash: null }]);
    const location = { dataDir: mkdtempSync(join(root, 'data-')) };
    // As a list would be that is of another installation.
    const strays = erasures.map((one) => ({ ...one, id: 'stray', shopId: 1 }));
    await restoreBackup({ key, path, location, erasures: [...erasures, ...strays] });
    const restored = await openDatabase(location);
    expect(await finishRestore(makeContext(restored.db))).toEqual({ erased: 1, unmatched: 0 });
    expect(await listAppKeys(restored.db)).toEqual(['acme']);
    const found = await exportPerson(makeContext(restored.db), 'acme', EMAIL);
    expect(found.reviews).toHaveLength(1);
    await restored.close();
  }, 60_000);
});

describe.each(databases)('a review that was withdrawn from %s', (_kind, open) => {
  test('GD06: is not brought back by a backup of before, and no other one goes', async () => {
    const folder = mkdtempSync(join(root, 'withdrawn-'));
    const { db, close } = await open();
    const context = makeContext(db, folder);
    await fill(context);
    const kei = { author: 'Kei', email: 'kei@example.com' };
    const submit = (body: string) =>
      submitReview(context, 'acme', 'lamp', { rating: 2, body, ...kei });
    const { id, editSecret = '' } = await submit('Withdrawn words.');
    const { path = '' } = (await writeBackup({ db, folder, key, now })) ?? {};
    await withdrawReview(context, 'acme', id, editSecret);
    // Written and withdrawn since: the backup has never heard of it.
    const late = await submit('Later words.');
    await withdrawReview(context, 'acme', late.id, late.editSecret ?? '');
    const countsThen = await counts(db);
    await close();
    const erasures = (await readErasures(folder)) ?? [];
    expect(erasures.map(({ reviewId }) => reviewId)).toEqual([id, late.id]);
    expect(readFileSync(join(folder, 'erasures.jsonl'), 'utf8')).not.toMatch(/kei|words/i);

    const location = { dataDir: mkdtempSync(join(root, 'data-')) };
    await restoreBackup({ key, path, location, erasures });
    const restored = await openDatabase(location);
    const again = makeContext(restored.db, folder);
    expect(await dump(restored.db)).toContain('Withdrawn words.');
    expect(await finishRestore(again)).toEqual({ erased: 1, unmatched: 0 });
    expect(await finishRestore(again)).toEqual({ erased: 0, unmatched: 0 });
    expect(await dump(restored.db)).not.toMatch(/Withdrawn words/);
    expect(await counts(restored.db)).toEqual(countsThen);
    // Whoever withdrew it may ask again, as before.
    for (const gone of [{ id, editSecret }, late]) {
      await withdrawReview(again, 'acme', gone.id, gone.editSecret ?? '');
    }
    expect(await readErasures(folder)).toHaveLength(2);
    await restored.close();
  }, 60_000);
});

test('there is no list in a folder without one', async () => {
  expect(await readErasures(join(root, 'nowhere'))).toBeUndefined();
});
