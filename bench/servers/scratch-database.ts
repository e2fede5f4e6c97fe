/** An empty database on real Postgres, of one benchmark's own. Statements go through `psql`. */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const ADMIN_URL = process.env['DATABASE_URL'] || 'postgres://postgres@127.0.0.1:5432/postgres';
const PSQL_OPTIONS = ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1'];

export interface ScratchDatabase {
  readonly url: string;
  drop(): void;
}

/** Makes it; `drop` takes it away with all that is connected. */
export function makeScratchDatabase(): ScratchDatabase {
  const name = `plaudit_bench_${randomBytes(4).toString('hex')}`;
  runSql(ADMIN_URL, `create database ${name}`);
  const url = new URL(ADMIN_URL);
  url.pathname = name;
  return { url: url.href, drop: () => runSql(ADMIN_URL, `drop database ${name} with (force)`) };
}

/**
 * Runs statements as the database's owner.
 * @returns what they print, a row a line
 * @throws {Error} where one fails
 */
export function runSql(url: string, ...statements: readonly string[]): string {
  const commands = statements.flatMap((statement) => ['-c', statement]);
  return execFileSync('psql', [url, ...PSQL_OPTIONS, ...commands], { encoding: 'utf8' }).trim();
}

/**
 * Fills a table by COPY, in its text format.
 * @param target table and columns
 * @throws {Error} where the database refuses a line
 */
export async function copyInto(
  url: string,
  target: string,
  lines: Iterable<string>,
): Promise<void> {
  // No triggers: they would look up each row's shop and product.
  const env = { ...process.env, PGOPTIONS: '-c session_replication_role=replica' };
  const args = [url, ...PSQL_OPTIONS, '-c', `copy ${target} from stdin`];
  const child = spawn('psql', args, { env, stdio: ['pipe', 'ignore', 'inherit'] });
  const exited = once(child, 'exit');
  await pipeline(Readable.from(lines), child.stdin);
  const [code] = await exited;
  if (code !== 0) throw new Error(`psql could not copy into ${target}.`);
}
