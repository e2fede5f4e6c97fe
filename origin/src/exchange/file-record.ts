/** One record: its cells by column, and the line of the file it ends on. */
export interface FileRecord {
  line: number;
  cells: Record<string, string>;
  /** Why the record could not be read; its cells are then what there was of it. */
  error?: string;
}

/** In UTF-16 code units. A longer one means a quote that was never closed, or a file of another kind. */
export const RECORD_MAX_LENGTH = 1_000_000;
