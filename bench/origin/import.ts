/**
 * How fast a file of reviews comes in, beside the database's own part of it: the very rows written once
 * more by one statement into a table with the same columns and indexes. And what memory it takes to read
 * a file of a gigabyte.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type DatabaseLocation } from '../../origin/src/db/database.ts';
import { withLateIndexes } from '../../origin/src/db/late-indexes.ts';
import { asSystem } from '../../origin/src/db/row-security.ts';
import type { Context } from '../../origin/src/domain/context.ts';
import { createShop } from '../../origin/src/domain/shops/create.ts';
import { findShop } from '../../origin/src/domain/shops/find.ts';
import { importFile } from '../../origin/src/exchange/import-file.ts';
import { planImport } from '../../origin/src/exchange/plan-import.ts';
import { createTestVault } from '../../origin/test/vault.ts';
import { makeScratchDatabase } from '../servers/scratch-database.ts';
import { writeReviewFile } from './review-file.ts';

const ROWS = 20_000;
/** The first rows teach the compiler; they are not measured. */
const WARM_UP_ROWS = 4000;
/** One statement writes all rows bare. */
const STATEMENT_LIMIT_MS = 600_000;
const LARGE_ROWS = [340_000, 3_400_000];
const SHOP = 'bench';

/** Prints rows a second on the embedded database and on Postgres. */
export async function measureImport(): Promise<void> {
  await inFolder(async (folder) => {
    const path = join(folder, 'reviews.csv');
    const warmUp = join(folder, 'warm-up.csv');
    await writeReviewFile(path, ROWS, { hasIds: true });
    await writeReviewFile(warmUp, WARM_UP_ROWS, { hasIds: false });
    console.log(
      `\nimport: ${ROWS.toLocaleString('en')} rows; of the embedded database by the second of processor time`,
    );
    const run = (location: DatabaseLocation) => measure(location, warmUp, path);
    print('PGlite', await run({ dataDir: join(folder, 'data') }));
    const database = makeScratchDatabase();
    try {
      print(
        'Postgres',
        await run({ databaseUrl: database.url, statementLimitMs: STATEMENT_LIMIT_MS }),
      );
    } finally {
      database.drop();
    }
  });
}

/** Prints what memory files of 100 MB and 1 GB take, read without ids: each row is known by what it says. */
export async function measureImportMemory(): Promise<void> {
  await inFolder(async (folder) => {
    console.log(
      '\nimport-memory: a dry run; what opening the database took is left out of the peak',
    );
    for (const rows of LARGE_ROWS) {
      const path = join(folder, 'reviews.csv');
      await writeReviewFile(path, rows, { hasIds: false });
      const { before, peak } = await withShop({}, async (context) => {
        const before = residentMegabytes('VmRSS');
        forgetPeak();
        await bringIn(context, path, { isDryRun: true });
        return { before, peak: residentMegabytes('VmHWM') };
      });
      console.log(
        `  ${(statSync(path).size / 1e6).toFixed(0).padStart(6)} MB, ${rows.toLocaleString('en').padStart(9)} rows:` +
          ` peak ${peak.toFixed(0)} MB, before it began ${before.toFixed(0)} MB`,
      );
    }
  });
}

function residentMegabytes(field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1000;
}

/** Compiling the embedded database takes more for a moment than any import: see `man proc` of this file. */
const forgetPeak = (): void => writeFileSync('/proc/self/clear_refs', '5');

/** In rows a second. */
interface Speed {
  imported: number;
  bare: number;
}

const print = (name: string, { imported, bare }: Speed): void =>
  console.log(
    `  ${name.padEnd(10)}${imported.toFixed(0).padStart(8)}, written bare ${bare.toFixed(0).padStart(8)}, ratio ${(imported / bare).toFixed(2)}`,
  );

async function measure(location: DatabaseLocation, warmUp: string, path: string): Promise<Speed> {
  await withShop({}, (context) => bringIn(context, warmUp));
  return withShop(location, async (context) => {
    // What runs in this process is measured by what it takes of a processor: neighbours do not count.
    const isEmbedded = location.databaseUrl === undefined;
    const secondsOf = isEmbedded ? processorSecondsOf : clockSecondsOf;
    const bringAllIn = () => bringIn(context, path);
    const imported = await secondsOf(() =>
      isEmbedded ? withLateIndexes(context.db, statSync(path).size, bringAllIn) : bringAllIn(),
    );
    return { imported: ROWS / imported, bare: ROWS / (await writeBare(context, secondsOf)) };
  });
}

async function bringIn(context: Context, path: string, { isDryRun = false } = {}) {
  const shop = await findShop(context.db, SHOP);
  return importFile(context, shop, await planImport(path), {
    isDryRun,
    inventsMissing: false,
    onProgress: () => {},
    onRowError: ({ reason }) => {
      throw new Error(`A row of ours is refused: ${reason}`);
    },
  });
}

/** @returns seconds */
function writeBare({ db }: Context, secondsOf: Stopwatch): Promise<number> {
  return asSystem(db, async (tx) => {
    await tx.execute('create table bare (like reviews including all)');
    const columns = `select string_agg(quote_ident(column_name), ', ') as names
      from information_schema.columns where table_name = 'reviews' and is_generated = 'NEVER'`;
    // Both drivers answer with `rows`; the type they share does not say so.
    const { rows } = (await tx.execute(columns)) as { rows: { names: string }[] };
    const names = rows[0]?.names ?? '';
    return secondsOf(() =>
      tx.execute(`insert into bare (${names}) overriding system value
        select ${names} from reviews order by id desc limit ${ROWS}`),
    );
  });
}

type Stopwatch = (work: () => Promise<unknown>) => Promise<number>;

const processorSecondsOf: Stopwatch = async (work) => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const clockSecondsOf: Stopwatch = async (work) => {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
};

async function withShop<T>(
  location: DatabaseLocation,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const { db, close } = await openDatabase(location);
  try {
    const now = () => new Date();
    const vault = createTestVault(db);
    const context: Context = { db, now, actor: 'cli', vault, onOutbox: () => {} };
    await createShop(context, { appKey: SHOP, name: SHOP, autoPublish: true });
    return await work(context);
  } finally {
    await close();
  }
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'plaudit-bench-import-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
