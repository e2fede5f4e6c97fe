/**
 * One suite, every database: describes it on the embedded one always, and on real Postgres where
 * `DATABASE_URL` names one or 127.0.0.1:5432 answers. Each gets an empty database of its own.
 */
import { randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { cp } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { openDatabase, type OpenDatabase } from '../src/db/database.ts';
import type { Context } from '../src/domain/context.ts';
import { createShop } from '../src/domain/shops/create.ts';
import { createTestVault } from './vault.ts';

const LOCAL_POSTGRES = 'postgres://postgres@127.0.0.1:5432/postgres';

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 500 });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });
}

const named = process.env['DATABASE_URL'];
const postgresUrl = named || ((await answers(5432)) ? LOCAL_POSTGRES : undefined);
if (!postgresUrl)
  console.warn('Skipped on Postgres: none is named, none answers on 127.0.0.1:5432.');

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A fresh Postgres database, which is gone when it is closed. */
export async function openFreshPostgres(): Promise<OpenDatabase & { databaseUrl: string }> {
  const name = `plaudit_test_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  const url = new URL(postgresUrl ?? LOCAL_POSTGRES);
  url.pathname = `/${name}`;
  const database = await openDatabase({ databaseUrl: url.href });
  return {
    ...database,
    databaseUrl: url.href,
    close: async () => {
      await database.close();
      await onServer(`drop database ${name} with (force)`);
    },
  };
}

export async function openFreshEmbedded(): Promise<OpenDatabase> {
  return openDatabase({ contents: await openAsBlob(inject('embeddedTemplate').contents) });
}

/** Puts an empty embedded database into a data folder, sooner than a first command would. */
export async function makeEmbedded(dataDir: string): Promise<void> {
  await cp(join(inject('embeddedTemplate').dataDir, 'db'), join(dataDir, 'db'), {
    recursive: true,
  });
}

/** The databases of this machine, by name. */
export const databases: [name: string, open: () => Promise<OpenDatabase>][] = [
  ['PGlite', openFreshEmbedded],
  ...(postgresUrl
    ? [['Postgres', openFreshPostgres] as [string, () => Promise<OpenDatabase>]]
    : []),
];

/** What a suite gets: filled before its first test. */
export interface Fixture {
  context: Context;
  /** How often the dispatcher was told of something new. */
  wakes: number;
}

/** The clock of all suites; a test may set it. */
export const clock = { now: new Date('2026-03-01T12:00:00.000Z') };

/** Describes a suite once for every database, with a shop `acme` that publishes at once. */
export function describeOnEach(title: string, suite: (fixture: Fixture) => void): void {
  describe.each(databases)(`${title} on %s`, (_name, open) => {
    const fixture = { wakes: 0 } as Fixture;
    let database: OpenDatabase | undefined;
    beforeAll(async () => {
      database = await open();
      fixture.context = {
        db: database.db,
        now: () => clock.now,
        actor: 'cli',
        vault: createTestVault(database.db),
        onOutbox: () => {
          fixture.wakes += 1;
        },
      };
      await createShop(fixture.context, { appKey: 'acme', name: 'Acme', autoPublish: true });
    });
    afterAll(() => database?.close());
    suite(fixture);
  });
}
