/** Reads a backup from its first line to its last, trusting nothing that was not checked. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { BackupError } from './backup-error.ts';
import { unseal } from './seal.ts';
import { compareTallies, startTally, type Tally } from './tally.ts';
import type { Trailer } from './write-backup.ts';

const trailerShape: z.ZodType<Trailer> = z.object({
  tables: z.record(z.string(), z.object({ rows: z.number(), digest: z.string() })),
  sequences: z.record(z.string(), z.string().nullable()),
});
const markShape = z.union([
  z.object({ table: z.string(), columns: z.array(z.string()) }),
  z.object({ end: trailerShape }),
]);

/** What a backup holds, in its order. */
export interface BackupReader {
  onTable: (name: string, columns: string[]) => Promise<void> | void;
  /** One row's line. */
  onRow: (line: string) => Promise<void> | void;
}

/**
 * Reads a backup.
 * @returns what its tables must come to
 * @throws BackupError when it is damaged or sealed with another key
 */
export async function readBackup(
  path: string,
  key: Buffer,
  reader: BackupReader,
): Promise<Trailer> {
  let trailer: Trailer | undefined;
  await pipeline(
    createReadStream(path),
    (sealed: AsyncIterable<Buffer>) => unseal(sealed, key),
    createGunzip(),
    async (text: AsyncIterable<Buffer>) => {
      for await (const line of splitLines(text)) {
        // A row is an array, which no mark is.
        if (line.startsWith('[')) {
          await reader.onRow(line);
          continue;
        }
        const mark = markShape.parse(JSON.parse(line));
        if ('end' in mark) trailer = mark.end;
        else await reader.onTable(mark.table, mark.columns);
      }
    },
  );
  if (!trailer) throw new BackupError('The backup has no end.');
  return trailer;
}

/**
 * Reads a backup and compares it with what it says of itself at its end.
 * @throws BackupError naming the tables that differ
 */
export async function verifyBackup(path: string, key: Buffer): Promise<Trailer> {
  const found: Record<string, Tally> = {};
  let end = () => {};
  let add = (_line: string) => {};
  const trailer = await readBackup(path, key, {
    onTable(name) {
      end();
      const tally = startTally();
      ({ add } = tally);
      end = () => {
        found[name] = tally.end();
      };
    },
    onRow: (line) => add(line),
  });
  end();
  refuseDifferences(compareTallies(trailer.tables, found));
  return trailer;
}

/** @throws BackupError when there is any */
export function refuseDifferences(differences: string[]): void {
  if (differences.length > 0) {
    throw new BackupError(`The data is not what was backed up.\n  ${differences.join('\n  ')}`);
  }
}

async function* splitLines(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  // A photo's line comes in many pieces: they are put together once.
  let pieces: Buffer[] = [];
  for await (const bytes of source) {
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      pieces.push(bytes.subarray(start, end));
      yield Buffer.concat(pieces).toString();
      pieces = [];
      start = end + 1;
    }
    pieces.push(bytes.subarray(start));
  }
}
