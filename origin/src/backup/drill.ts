/** Practises the emergency: restores a backup into a database that is thrown away afterwards. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseLocation } from '../db/database.ts';
import { restoreBackup, type RestorePlan, type Restored } from './restore-backup.ts';

/**
 * Restores a backup into a scratch database: beside the real one on its Postgres, or an embedded one
 * in a temporary folder where there is no address.
 * @throws as restoring does
 */
export async function drill({
  location,
  ...plan
}: Omit<RestorePlan, 'erasures'>): Promise<Restored> {
  const { databaseUrl } = location;
  const scratch = await (databaseUrl === undefined ? openFolder() : openBeside(databaseUrl));
  try {
    return await restoreBackup({
      ...plan,
      // Nobody looks into it, and the next moment all of it is gone.
      erasures: [],
      location: { ...location, ...scratch.location },
    });
  } finally {
    await scratch.remove();
  }
}

interface Scratch {
  location: DatabaseLocation;
  remove: () => Promise<void>;
}

async function openFolder(): Promise<Scratch> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plaudit-drill-'));
  return { location: { dataDir }, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

async function openBeside(databaseUrl: string): Promise<Scratch> {
  const { default: pg } = await import('pg');
  const name = `plaudit_drill_${randomBytes(6).toString('hex')}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run(`create database ${name} template template0`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return {
    location: { databaseUrl: url.href },
    remove: () => run(`drop database ${name} with (force)`),
  };
}
