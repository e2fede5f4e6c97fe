/**
 * Opens the one database: Postgres where an address is given, PGlite (Postgres compiled to
 * WebAssembly, in this process) in a folder otherwise. Same schema, same migrations, same queries.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { discardBroken } from './discard-broken.ts';
import { lockFolder } from './folder-lock.ts';
import { buildLate } from './late-indexes.ts';
import { withMigrations } from './migrations.ts';
import { SHOP_ROLE } from './row-security.ts';
import * as schema from './schema.ts';
import { traceQueries } from './trace-queries.ts';

/** What the domain works with; a transaction is one as well. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;

/** An open database and the means to close it. */
export interface OpenDatabase {
  db: Database;
  /** For people and logs. */
  kind: 'postgres' | 'pglite';
  /** How the pool of connections is; absent where there is none. */
  connections?: () => { busy: number; idle: number; waiting: number };
  close: () => Promise<void>;
}

/** Where the data is. */
export interface DatabaseLocation {
  /** Postgres connection URL. */
  databaseUrl?: string;
  /** Folder of the embedded database, used when there is no URL. Absent: kept in memory only. */
  dataDir?: string;
  /** What an embedded database that is kept in memory starts with, as it dumps itself. */
  contents?: Blob;
  /** Longest wait for a statement on Postgres before the caller gets an error. */
  statementLimitMs?: number;
  /** The last migration that is applied, by its number; all of them when absent. */
  migrateTo?: number;
}

const CASING = 'snake_case';
/** Any number will do, as long as every origin uses the same one. */
const MIGRATION_LOCK = 7_283_641;

/** Longest wait for a connection before the migrations. */
const FIRST_CONNECT_LIMIT_MS = 10_000;
/** Enough for a batch of an import on a slow machine; who answers visitors asks for less. */
const STATEMENT_LIMIT_MS = 30_000;
const POOL_SIZE = 10;
/**
 * Row-level security holds from the first query on; see `row-security.ts`. On disks without arms a page
 * out of order costs no more than the next one, and no statement is long enough to be compiled first.
 */
export const POSTGRES_OPTIONS = `-c role=${SHOP_ROLE} -c random_page_cost=1.1 -c jit=off`;

/**
 * Opens the database and brings its tables up to date.
 * @throws FolderInUseError when another process has the embedded database open
 */
export function openDatabase({
  databaseUrl,
  statementLimitMs = STATEMENT_LIMIT_MS,
  migrateTo,
  ...embedded
}: DatabaseLocation): Promise<OpenDatabase> {
  return withMigrations(migrateTo, (migrationsFolder) =>
    databaseUrl === undefined
      ? openPglite(embedded, { migrationsFolder })
      : openPostgres(databaseUrl, statementLimitMs, { migrationsFolder }),
  );
}

/** Where the migrator reads what to apply. */
interface Migrations {
  migrationsFolder: string;
}

async function openPostgres(
  databaseUrl: string,
  statementLimitMs: number,
  migrations: Migrations,
): Promise<OpenDatabase> {
  const [{ default: pg }, { drizzle }, { migrate }] = await Promise.all([
    import('pg'),
    import('drizzle-orm/node-postgres'),
    import('drizzle-orm/node-postgres/migrator'),
  ]);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    // A connection of the pool is waited for as long as what is asked on it.
    connectionTimeoutMillis: statementLimitMs,
    statement_timeout: statementLimitMs,
    query_timeout: statementLimitMs,
    max: POOL_SIZE,
    options: POSTGRES_OPTIONS,
  });
  // An idle connection that breaks must not end the process; the next query gets a new one.
  pool.on('error', () => {});
  discardBroken(pool);
  traceQueries(pool);
  pool.on('connect', traceQueries);
  // Origins that start together migrate one after another; index builds may take their time.
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: FIRST_CONNECT_LIMIT_MS,
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client, { casing: CASING }), migrations);
  } finally {
    await client.end();
  }
  const db = drizzle(pool, { schema, casing: CASING });
  return {
    db,
    kind: 'postgres',
    connections: () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
  };
}

async function openPglite(
  { dataDir, contents }: Pick<DatabaseLocation, 'dataDir' | 'contents'>,
  migrations: Migrations,
): Promise<OpenDatabase> {
  const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ]);
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const unlock = dataDir === undefined ? () => {} : lockFolder(dataDir);
  try {
    const folder = dataDir === undefined ? undefined : join(dataDir, 'db');
    const client = await PGlite.create(folder, contents && { loadDataDir: contents });
    const transaction = client.transaction.bind(client);
    traceQueries(client);
    client.transaction = (work) => transaction((tx) => work(traceQueries(tx)));
    const db = drizzle(client, { schema, casing: CASING });
    await migrate(db, migrations);
    await buildLate((statement) => client.query(statement));
    await client.exec(`set role ${SHOP_ROLE}`);
    return {
      db,
      kind: 'pglite',
      close: async () => {
        await client.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
