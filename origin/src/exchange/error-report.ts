/**
 * What an import could not take as it was, row by row: a CSV whose rows can be mended and imported
 * again.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Field } from './columns.ts';
import { toCsvRow } from './csv-row.ts';

/** A row that was left out, or taken with less than it held. */
export interface RowError {
  /** Counted from 1, without the heading. */
  row: number;
  /** Of the file, where the row ends. */
  line: number;
  /** The field at fault, where it is one. */
  field?: Field;
  /** Repeats nothing of the row: in a column that was taken for another there may be an address. */
  reason: string;
  cells: Record<string, string>;
}

/** Writes row errors to a file, which is made when there is a first one. */
export interface ErrorReport {
  add: (error: RowError) => void;
  /** Closes the file. */
  end: () => Promise<void>;
}

/** Starts a report at a path. */
export function createErrorReport(path: string): ErrorReport {
  let file: WriteStream | undefined;
  return {
    add({ line, reason, cells }) {
      if (!file) {
        file = createWriteStream(path);
        file.write(toCsvRow(['line', 'reason', ...Object.keys(cells)]));
      }
      file.write(toCsvRow([String(line), reason, ...Object.values(cells)]));
    },
    async end() {
      if (!file) return;
      file.end();
      await once(file, 'close');
    },
  };
}
