/** Reads the reviews of a planned file, and says of each row what is wrong with it. */
import type { RowError } from './error-report.ts';
import type { Field } from './columns.ts';
import { RecordError, toImportedReview, type ImportedReview } from './imported-review.ts';
import type { ImportPlan } from './plan-import.ts';
import type { FileRecord } from './file-record.ts';
import { readRecords } from './read-records.ts';

/** One row of a file; without a review when it could not be read. */
export interface ReadRow {
  /** Counted from 1, without the heading. */
  row: number;
  review?: ImportedReview;
}

/** What is told while a file is read. */
export interface ReadListener {
  /** The next row waits for it. */
  onRowError: (error: RowError) => void | Promise<void>;
  /** Bytes of the file (compressed, if it is) read so far. */
  onBytes: (bytes: number) => void;
}

/**
 * Streams the rows of a file.
 * @throws UnreadableFileError when the file cannot be read to its end
 */
export async function* readReviews(
  plan: ImportPlan,
  { onRowError, onBytes }: ReadListener,
): AsyncGenerator<ReadRow> {
  const { path, delimiter, open } = plan;
  const options = {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(open === undefined ? {} : { open }),
    onBytes,
  };
  let row = 0;
  for await (const record of readRecords(path, options)) {
    row += 1;
    const { review, fault } = readReview(record, plan);
    if (fault) await onRowError({ row, line: record.line, ...fault, cells: record.cells });
    yield review ? { row, review } : { row };
  }
}

/** What a row became, and what was wrong with it. */
interface Reading {
  review?: ImportedReview;
  fault?: { field?: Field; reason: string };
}

function readReview({ cells, error }: FileRecord, plan: ImportPlan): Reading {
  try {
    if (error !== undefined) throw new RecordError(error);
    const review = toImportedReview(cells, plan);
    const [field] = review.cut;
    if (field === undefined) return { review };
    const reason = `was imported with its ${review.cut.join(', ')} cut`;
    return { review, fault: { field, reason } };
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause;
    const { field, message: reason } = cause;
    return { fault: { ...(field === undefined ? {} : { field }), reason } };
  }
}
