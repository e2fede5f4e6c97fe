/** Reads the reviews of a planned file, and says of each row what is wrong with it. */
import type { RowError } from './error-report.ts';
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
  onRowError: (error: RowError) => void;
  /** Bytes of the file (compressed, if it is) read so far. */
  onBytes: (bytes: number) => void;
}

/**
 * Streams the rows of a file.
 * @throws when the file cannot be read to its end
 */
export async function* readReviews(
  plan: ImportPlan,
  { onRowError, onBytes }: ReadListener,
): AsyncGenerator<ReadRow> {
  const delimiter = plan.delimiter === undefined ? {} : { delimiter: plan.delimiter };
  let row = 0;
  for await (const record of readRecords(plan.path, { ...delimiter, onBytes })) {
    row += 1;
    const review = readReview(record, plan, onRowError);
    yield review ? { row, review } : { row };
  }
}

function readReview(
  { line, cells, error }: FileRecord,
  plan: ImportPlan,
  onRowError: ReadListener['onRowError'],
): ImportedReview | undefined {
  try {
    if (error !== undefined) throw new RecordError(error);
    const review = toImportedReview(cells, plan);
    if (review.cut.length > 0) {
      onRowError({ line, reason: `was imported with its ${review.cut.join(', ')} cut`, cells });
    }
    return review;
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause;
    onRowError({ line, reason: cause.message, cells });
    return undefined;
  }
}
