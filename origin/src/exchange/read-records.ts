/**
 * Reads a review file as a stream of records: CSV with any usual delimiter, or JSON lines, plain or
 * gzipped, UTF-8 or UTF-16. Memory does not grow with the file.
 */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FileRecord } from './file-record.ts';
import { readCsv } from './read-csv.ts';
import { readJsonLines } from './read-json-lines.ts';
import { decodeText } from './text-encoding.ts';

/** How a file is to be read. */
export interface ReadOptions {
  /** One character; found out from the first line when absent. */
  delimiter?: string;
  /** Opens the file where it is not one of that path. */
  open?: () => Readable;
  /** Called with the number of bytes of the file (compressed, if it is) read so far. */
  onBytes?: (bytes: number) => void;
}

/** What is wrong is the file, and it stays wrong. */
export class UnreadableFileError extends Error {}

/** What kind of table a file name promises; anything that is not JSON lines is read as CSV. */
export function isJsonLines(path: string): boolean {
  return /\.(jsonl|ndjson)(\.gz)?$/i.test(path);
}

/**
 * Streams the records of one file.
 * @throws UnreadableFileError when the file cannot be opened, is not valid gzip, its text is not valid
 *   UTF-8 or UTF-16, or a record is longer than any can be
 */
export async function* readRecords(
  path: string,
  options: ReadOptions = {},
): AsyncGenerator<FileRecord> {
  const file = options.open?.() ?? createReadStream(path);
  let bytes = 0;
  file.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    options.onBytes?.(bytes);
  });
  const source: Readable = /\.gz$/i.test(path) ? forwardErrors(file, createGunzip()) : file;
  try {
    const text = decodeText(source);
    yield* isJsonLines(path) ? readJsonLines(text) : readCsv(text, options.delimiter);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UnreadableFileError(message, { cause: error });
  } finally {
    file.destroy();
    source.destroy();
  }
}

/** Pipes, and lets the second stream fail with the first: `pipe` alone would wait for ever. */
function forwardErrors(from: Readable, to: ReturnType<typeof createGunzip>): Readable {
  from.on('error', (error) => to.destroy(error));
  return from.pipe(to);
}
