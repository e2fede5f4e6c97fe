/** The list of rows that could not be imported: a CSV that can be mended and imported again. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';

/** A row that was left out. */
export interface RowError {
  line: number;
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

/** RFC 4180, and safe to open in a spreadsheet: what would be taken for a formula is made text. */
export function toCsvRow(cells: readonly string[]): string {
  return `${cells
    .map((cell) => (/^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => (/[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`;
}
