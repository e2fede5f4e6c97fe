/** Whether this process can answer requests right now. */
import type { Database } from '../db/database.ts';
import { knownMigrations, readMigration } from '../db/migrations.ts';
import { asSystem } from '../db/row-security.ts';

/** Within this time the database has to answer. */
const LIMIT_MS = 500;

/** `ready`, or in one word why not. */
type State = 'ready' | 'database' | 'migrations';

/** Makes the check. However often it is asked, one look at the database is under way at a time. */
export function createReadiness(db: Database, limitMs = LIMIT_MS): () => Promise<State> {
  const needed = knownMigrations().at(-1) ?? 0;
  let underWay: Promise<State> | undefined;
  const look = async (): Promise<State> => {
    try {
      // A newer one is fine: origins of two versions run side by side while one follows the other.
      return (await asSystem(db, readMigration)) >= needed ? 'ready' : 'migrations';
    } catch {
      return 'database';
    } finally {
      underWay = undefined;
    }
  };
  return async () => {
    underWay ??= look();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<State>((resolve) => {
      timer = setTimeout(resolve, limitMs, 'database');
    });
    const state = await Promise.race([underWay, late]);
    clearTimeout(timer);
    return state;
  };
}
