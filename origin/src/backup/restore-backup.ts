/**
 * Restores a backup into a database that has no rows, in one transaction: it is all there and has
 * been compared with what was backed up, or nothing is.
 */
import { sql } from 'drizzle-orm';
import { openDatabase, type Database, type DatabaseLocation } from '../db/database.ts';
import { knownMigrations, readMigration } from '../db/migrations.ts';
import type { Erasure } from '../db/erasures-schema.ts';
import { oauthArtefacts } from '../db/oauth-schema.ts';
import { asSystem } from '../db/row-security.ts';
import { rowsOf } from '../db/rows-of.ts';
import { readKnown, readWaiting, replaceWaiting } from '../db/waiting-erasures.ts';
import { BackupError } from './backup-error.ts';
import { startInserting } from './insert-rows.ts';
import { readBackup, refuseDifferences } from './read-backup.ts';
import { checkKey, readHeader, type BackupHeader } from './seal.ts';
import { fixTextForms, listTables, tallyTables, type Table } from './tables.ts';
import { compareTallies } from './tally.ts';
import type { Trailer } from './write-backup.ts';

/** What is restored, and to where. */
export interface RestorePlan {
  path: string;
  key: Buffer;
  location: DatabaseLocation;
  /** What was erased, as the lists beside the backups say. */
  erasures: readonly Erasure[];
  /** Deletes the rows that are there. */
  isForced?: boolean;
  onProgress?: (rows: number) => void;
}

/** What came back. */
export interface Restored {
  header: BackupHeader;
  tables: Trailer['tables'];
}

/**
 * Restores a backup under the schema that it was made with, and then migrates to ours. Erasures that the
 * backup does not know of, of the lists and of the database that was there, are put down in the same
 * transaction, to be done by `finishRestore` before anybody is answered. Sessions, tokens and consents do not
 * come back.
 * @throws BackupError when it is damaged, of a schema that we do not know, or sealed with another
 *   key; when the database has rows or a newer schema; when what came back is not what was there
 */
export async function restoreBackup(plan: RestorePlan): Promise<Restored> {
  const header = await readHeader(plan.path);
  checkKey(plan.key, header.keyId);
  checkMigration(header.migration);
  const then = await openDatabase({ ...plan.location, migrateTo: header.migration });
  let tables: Trailer['tables'];
  try {
    tables = await asSystem(then.db, (tx) => restoreInto(tx, header, plan));
  } finally {
    await then.close();
  }
  const today = await openDatabase(plan.location);
  await today.close();
  return { header, tables };
}

function checkMigration(migration: number): void {
  const known = knownMigrations();
  if (known.includes(migration)) return;
  throw new BackupError(
    migration > (known.at(-1) ?? 0)
      ? 'The backup was made by a newer version. Install that one to restore it.'
      : 'The backup is of a schema that this version does not know how to bring up to date.',
  );
}

async function restoreInto(
  tx: Database,
  header: BackupHeader,
  { path, key, erasures, isForced = false, onProgress = () => {} }: RestorePlan,
): Promise<Trailer['tables']> {
  if ((await readMigration(tx)) !== header.migration) {
    throw new BackupError(
      'The database already has a newer schema than the backup. Restore into a new, empty one.',
    );
  }
  await fixTextForms(tx);
  const tables = await listTables(tx);
  const isErased = [...erasures, ...(await readKnown(tx)), ...(await readWaiting(tx))];
  const putBack = await setRulesAside(tx, tables);
  await emptyTables(tx, tables, isForced);
  let rowsDone = 0;
  const writer = startInserting(tx, (rows) => onProgress((rowsDone += rows)));
  const trailer = await readBackup(path, key, {
    onTable: (name, columns) =>
      writer.to(
        tables.find((table) => table.name === name),
        columns,
      ),
    onRow: writer.add,
  });
  await writer.end();
  await putBack();
  refuseDifferences(compareTallies(trailer.tables, await tallyTables(tx)));
  if (tables.some(({ name }) => name === 'oauth_artefacts')) await endSessions(tx);
  for (const [name, last] of Object.entries(trailer.sequences)) {
    if (last === null) continue;
    await tx.execute(
      sql`select setval(format('public.%I', ${name}::text)::regclass, ${last}::bigint)`,
    );
  }
  await keepWaiting(tx, isErased);
  return trailer.tables;
}

/** What was revoked since would be good again: nobody comes back signed in, and no token does. */
async function endSessions(tx: Database): Promise<void> {
  await tx.delete(oauthArtefacts);
}

/** What is in the backup's own list was done before it was made. */
async function keepWaiting(tx: Database, isErased: readonly Erasure[]): Promise<void> {
  const done = new Set((await readKnown(tx)).map(({ id }) => id));
  const waiting = new Map(isErased.map((erasure) => [erasure.id, erasure]));
  await replaceWaiting(
    tx,
    [...waiting.values()].filter(({ id }) => !done.has(id)),
  );
}

async function emptyTables(tx: Database, tables: Table[], isForced: boolean): Promise<void> {
  const names = sql.join(
    tables.map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
  // Nobody may write between the look and the commit.
  await tx.execute(sql`lock table ${names} in access exclusive mode`);
  if (isForced) {
    await tx.execute(sql`truncate ${names}`);
    return;
  }
  for (const { name } of tables) {
    const some = sql`select 1 from ${sql.identifier(name)} limit 1`;
    if ((await rowsOf(tx, some)).length === 0) continue;
    throw new BackupError('The database is not empty. Restore into a new one.');
  }
}

/**
 * Takes off what would judge or change rows one by one, in whatever order they come: foreign keys and
 * triggers.
 * @returns what puts them back, foreign keys checked for all rows at once
 */
async function setRulesAside(tx: Database, tables: Table[]): Promise<() => Promise<void>> {
  const keys = await rowsOf<{ table: string; name: string; rule: string }>(
    tx,
    sql`select conrelid::regclass::text as table, quote_ident(conname) as name,
          pg_get_constraintdef(oid) as rule
        from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  const setTriggers = async (state: 'disable' | 'enable') => {
    for (const { name } of tables) {
      const table = sql.identifier(name);
      await tx.execute(sql`alter table ${table} ${sql.raw(state)} trigger user`);
    }
  };
  await setTriggers('disable');
  for (const { table, name } of keys) {
    await tx.execute(sql.raw(`alter table ${table} drop constraint ${name}`));
  }
  return async () => {
    for (const { table, name, rule } of keys) {
      await tx.execute(sql.raw(`alter table ${table} add constraint ${name} ${rule}`));
    }
    await setTriggers('enable');
  };
}
