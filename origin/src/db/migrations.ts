/** The migrations that come with this origin, and how many of them a database has. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

interface Journal {
  entries: { tag: string; when: number }[];
}

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
const JOURNAL = 'meta/_journal.json';

const readJournal = (): Journal =>
  JSON.parse(readFileSync(join(FOLDER, JOURNAL), 'utf8')) as Journal;

/** The migrations we know, by their numbers, oldest first. */
export const knownMigrations = (): number[] => readJournal().entries.map(({ when }) => when);

/**
 * Runs work on a folder of migrations that ends with one of them; without one, all are in it. The
 * migrator knows no such limit, so what comes later is left out of what it gets to read.
 */
export async function withMigrations<T>(
  last: number | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  if (last === undefined) return work(FOLDER);
  const folder = mkdtempSync(join(tmpdir(), 'plaudit-migrations-'));
  try {
    const journal = readJournal();
    const entries = journal.entries.filter(({ when }) => when <= last);
    mkdirSync(join(folder, 'meta'));
    writeFileSync(join(folder, JOURNAL), JSON.stringify({ ...journal, entries }));
    for (const { tag } of entries) cpSync(join(FOLDER, `${tag}.sql`), join(folder, `${tag}.sql`));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The last migration that a database has; in a transaction of the system. */
export async function readMigration(tx: Database): Promise<number> {
  const query = sql`select max(created_at)::text as last from drizzle.__drizzle_migrations`;
  const { rows } = (await tx.execute(query)) as { rows: { last: string }[] };
  return Number(rows[0]?.last ?? 0);
}
