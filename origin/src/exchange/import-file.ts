/** Imports one planned file into a shop, some thousand rows at a time. */
import type { Context } from '../domain/context.ts';
import { countKnownReviews } from '../domain/reviews/count-known.ts';
import { importReviews, type ForeignReview } from '../domain/reviews/import-batch.ts';
import type { Shop } from '../domain/shops/find.ts';
import type { RowError } from './error-report.ts';
import { RecordError, toImportedReview, type ImportedReview } from './imported-review.ts';
import { inventDate, inventName } from './invent-missing.ts';
import type { ImportPlan } from './plan-import.ts';
import { readRecords, type FileRecord } from './read-records.ts';
import { createReviewIdentity } from './review-identity.ts';

const BATCH_ROWS = 2000;

/** What came of an import, in rows. */
export interface ImportReport {
  read: number;
  /** Added to the shop; in a dry run, those that would be. */
  imported: number;
  /** In the shop already, from an earlier import. */
  known: number;
  failed: number;
  /** Had no date: dated at the import, or invented where that was asked for. */
  undated: number;
}

export interface ImportOptions {
  /** Reads and checks everything and writes nothing. */
  isDryRun: boolean;
  /** Makes up names and dates that the file does not hold. For demos. */
  inventsMissing: boolean;
  /** Called after each batch. */
  onProgress: (report: ImportReport, bytesRead: number) => void;
  onRowError: (error: RowError) => void;
}

/**
 * Imports a file. Safe to repeat and to break off: what is in the shop already is not added again.
 * @throws when the file cannot be read to its end; what came before is kept
 */
export async function importFile(
  context: Context,
  shop: Shop,
  plan: ImportPlan,
  options: ImportOptions,
): Promise<ImportReport> {
  const report: ImportReport = { read: 0, imported: 0, known: 0, failed: 0, undated: 0 };
  const source = `import:${plan.format}`;
  const identify = createReviewIdentity();
  const importedAt = context.now();
  let bytesRead = 0;
  let batch: ForeignReview[] = [];
  const write = async (full: ForeignReview[]) => {
    const added = options.isDryRun
      ? full.length - (await countKnownReviews(context.db, shop.id, source, keysOf(full)))
      : await importReviews(context, shop, source, full);
    report.imported += added;
    report.known += full.length - added;
    options.onProgress(report, bytesRead);
  };
  // One batch is written while the next is read: a database of its own works meanwhile.
  let writing = Promise.resolve();
  const flush = async () => {
    await writing;
    writing = write(batch);
    // Its failure is met at the next `await`, which may be some rows away.
    writing.catch(() => {});
    batch = [];
  };
  const records = readRecords(plan.path, {
    ...(plan.delimiter === undefined ? {} : { delimiter: plan.delimiter }),
    onBytes: (bytes) => (bytesRead = bytes),
  });
  try {
    for await (const record of records) {
      report.read += 1;
      const review = readReview(record, plan, options.onRowError);
      if (!review) {
        report.failed += 1;
        continue;
      }
      if (review.createdAt === undefined) report.undated += 1;
      const sourceKey = identify(review);
      const missing = options.inventsMissing
        ? { author: inventName(report.read), createdAt: inventDate(report.read) }
        : { createdAt: importedAt };
      batch.push(toForeignReview({ ...missing, ...review }, sourceKey));
      if (batch.length === BATCH_ROWS) await flush();
    }
    if (batch.length > 0) await flush();
  } finally {
    // Also when the file breaks off: nobody may close the database under a write.
    await writing;
  }
  options.onProgress(report, bytesRead);
  return report;
}

const keysOf = (batch: readonly ForeignReview[]): string[] =>
  batch.map(({ sourceKey }) => sourceKey);

function readReview(
  { line, cells, error }: FileRecord,
  plan: ImportPlan,
  onRowError: ImportOptions['onRowError'],
): ImportedReview | undefined {
  try {
    if (error !== undefined) throw new RecordError(error);
    return toImportedReview(cells, plan);
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause;
    onRowError({ line, reason: cause.message, cells });
    return undefined;
  }
}

function toForeignReview(
  review: ImportedReview & { createdAt: Date },
  sourceKey: string,
): ForeignReview {
  return {
    product: {
      externalId: review.productId,
      title: review.productTitle,
      url: review.productUrl,
      imageUrl: review.productImageUrl,
    },
    rating: review.rating,
    title: review.title,
    body: review.body,
    author: review.author,
    email: review.email,
    verified: review.verified,
    incentivized: review.incentivized,
    locale: review.locale,
    country: review.country,
    status: review.status,
    media: review.pictureUrls.map((url) => ({ kind: 'photo', url })),
    reply: review.reply && {
      body: review.reply.body,
      ...(review.reply.createdAt ? { createdAt: review.reply.createdAt.toISOString() } : {}),
    },
    votesUp: review.helpfulUp,
    votesDown: review.helpfulDown,
    createdAt: review.createdAt,
    sourceKey,
  };
}
