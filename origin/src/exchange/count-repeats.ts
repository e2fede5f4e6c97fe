/** Counts how often each of very many keys came before, in memory that does not grow with them. */
import { DatabaseSync } from 'node:sqlite';

/** Tells how often a key came before. */
export type RepeatCounter = (key: string) => number;

/** As many keys are kept at hand, some tens of megabytes; from there on all are kept on disk. */
const IN_MEMORY_MAX = 200_000;

/** Starts to count. The disk is that of the system's temporary files, and is given back by itself. */
export function createRepeatCounter(inMemoryMax = IN_MEMORY_MAX): RepeatCounter {
  const seen = new Map<string, number>();
  let onDisk: RepeatCounter | undefined;
  return (key) => {
    if (onDisk) return onDisk(key);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    if (seen.size > inMemoryMax) {
      onDisk = createDiskCounter(seen);
      seen.clear();
    }
    return before;
  };
}

function createDiskCounter(seen: Iterable<[key: string, count: number]>): RepeatCounter {
  // SQLite's name for a database of its own in a temporary file, which is deleted with it.
  const database = new DatabaseSync('');
  database.exec('pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -16000');
  database.exec('create table seen (key text primary key, count integer not null) without rowid');
  database.exec('begin');
  const insert = database.prepare('insert into seen values (?, ?)');
  for (const [key, count] of seen) insert.run(key, count);
  const add = database.prepare(
    'insert into seen values (?, 1) on conflict do update set count = count + 1 returning count',
  );
  return (key) => Number(add.get(key)?.['count']) - 1;
}
