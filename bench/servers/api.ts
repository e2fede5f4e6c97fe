/** The origin with a shop to read from, on Postgres, with Redis or without a cache. */
import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../scripts/stack.mjs';
import { makeScratchDatabase, type ScratchDatabase } from './scratch-database.ts';
import type { Server } from './server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PLAUDIT = join(ROOT, 'origin', 'bin', 'plaudit.mjs');
const REVIEWS = join(ROOT, 'examples', 'demo-store', 'data', 'reviews.jsonl');
const READY_DEADLINE_MS = 20_000;

/** A database of its own with the demo shop in it; dropped by `drop`. */
export function makeDatabase(): ScratchDatabase {
  const database = makeScratchDatabase();
  const env = { ...process.env, DATABASE_URL: database.url };
  const args = ['import', REVIEWS, '--shop', 'demo', '--create-shop'];
  execFileSync(process.execPath, [PLAUDIT, ...args], { env, stdio: 'ignore' });
  return database;
}

/** @param env what it is told besides its database and port */
export async function startApi(
  name: string,
  databaseUrl: string,
  env: Record<string, string>,
): Promise<Server> {
  const port = await findFreePort();
  const child: ChildProcess = spawn(process.execPath, [PLAUDIT, 'serve'], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      ORIGIN_PORT: String(port),
      LOG_LEVEL: 'silent',
      ...env,
    },
    stdio: 'ignore',
  });
  const exited = new Promise<void>((done) => {
    child.once('exit', () => done());
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  const end = performance.now() + READY_DEADLINE_MS;
  while (!(await answers(url))) {
    if (performance.now() > end) {
      await stop();
      throw new Error(`${name} did not start`);
    }
    await wait(100);
  }
  return { name, url, pid: child.pid ?? 0, stop };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
