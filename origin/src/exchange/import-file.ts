/** Imports one planned file into a shop, some thousand rows at a time. */
import { basename } from 'node:path';
import type { Context } from '../domain/context.ts';
import { finishImport } from '../domain/imports/finish.ts';
import { startImport, type Import } from '../domain/imports/start.ts';
import { findKnownProductIds } from '../domain/products/find-known-ids.ts';
import { countKnownReviews } from '../domain/reviews/count-known.ts';
import { importReviews } from '../domain/reviews/import-batch.ts';
import type { Shop } from '../domain/shops/find.ts';
import { batchRows, type Batch } from './batch-rows.ts';
import { fileDigest } from './file-digest.ts';
import { emptyReport, type ImportReport } from './import-report.ts';
import type { ImportedReview } from './imported-review.ts';
import { inventDate, inventName } from './invent-missing.ts';
import { createProductMatcher } from './match-products.ts';
import type { ImportPlan } from './plan-import.ts';
import { readReviews, type ReadListener } from './read-reviews.ts';
import { createReviewIdentity } from './review-identity.ts';
import { toForeignReview } from './to-foreign-review.ts';

const BATCH_ROWS_MAX = 2000;

export interface ImportOptions {
  /** Reads and checks everything and writes nothing. */
  isDryRun: boolean;
  /** Makes up names and dates that the file does not hold. For demos. */
  inventsMissing: boolean;
  /** Called after each batch, and waited for. */
  onProgress: (report: ImportReport, bytesRead: number) => void | Promise<void>;
  onRowError: ReadListener['onRowError'];
  /** The import that this goes on with; found by the file when absent. */
  started?: Import;
  /** Rows that are written at once; 2,000 when absent. */
  batchRowsMax?: number;
  /** Breaks it off. */
  signal?: AbortSignal;
}

/** A review that waits to be written with others. */
interface Waiting {
  review: ImportedReview & { createdAt: Date };
  sourceKey: string;
}

/**
 * Imports a file. Safe to repeat: what is in the shop already is not added again. Broken off,
 * however hard, the same call goes on where it was; its report is then of the whole file.
 * @throws ImportTakenOverError when another process goes on with it or undoes it
 * @throws UnreadableFileError when the file cannot be read to its end; what came before is kept
 * @throws whatever the signal was aborted with
 */
export async function importFile(
  context: Context,
  shop: Shop,
  plan: ImportPlan,
  options: ImportOptions,
): Promise<ImportReport> {
  const started = options.isDryRun
    ? undefined
    : (options.started ?? (await start(context, shop, plan, options)));
  const report = emptyReport(started);
  const importedAt = started?.startedAt ?? context.now();
  const write = createWriter(context, shop, `import:${plan.format}`, started, report);
  const identify = createReviewIdentity();
  const toFill = (row: number) =>
    options.inventsMissing
      ? { author: inventName(row), createdAt: inventDate(row) }
      : { createdAt: importedAt };
  let bytesRead = 0;
  const { batchRowsMax = BATCH_ROWS_MAX, signal } = options;
  const batching = batchRows<Waiting>(batchRowsMax, started?.rowsDone ?? 0, async (batch) => {
    await write(batch);
    await options.onProgress(report, bytesRead);
  });
  const rows = readReviews(plan, {
    onRowError: options.onRowError,
    onBytes: (bytes) => (bytesRead = bytes),
  });
  try {
    for await (const { row, review } of rows) {
      signal?.throwIfAborted();
      count(report, row, review);
      // Also of rows that are done: a row is known by how many were the same before it.
      const waiting = review && {
        review: { ...toFill(row), ...review },
        sourceKey: identify(review),
      };
      await batching.add(row, waiting);
    }
    await batching.flush();
  } finally {
    await batching.settle();
  }
  await options.onProgress(report, bytesRead);
  const { read: rowsDone, failed } = report;
  if (started) await finishImport(context, started, { rowsDone, failed });
  return report;
}

async function start(
  context: Context,
  shop: Shop,
  plan: ImportPlan,
  { inventsMissing }: ImportOptions,
): Promise<Import> {
  const { path, open: _open, ...reading } = plan;
  return startImport(context, shop, {
    source: `import:${plan.format}`,
    fileName: basename(path),
    fileDigest: await fileDigest(path, { ...reading, inventsMissing }),
  });
}

/** Writes batches, or in a dry run finds out what it would write, and counts them in the report. */
function createWriter(
  context: Context,
  shop: Shop,
  source: string,
  started: Import | undefined,
  report: ImportReport,
): (batch: Batch<Waiting>) => Promise<void> {
  const counts = report;
  const products = createProductMatcher((ids) => findKnownProductIds(context.db, shop.id, ids));
  return async ({ from, to, items: waiting }) => {
    const externalIds = await products.match(waiting.map(({ review }) => review));
    const reviews = waiting.map(({ review, sourceKey }, index) =>
      toForeignReview(review, externalIds[index] ?? review.productId, sourceKey),
    );
    const keys = reviews.map(({ sourceKey }) => sourceKey);
    const added = started
      ? await importReviews(context, shop, source, reviews, { import: started, from, to })
      : reviews.length - (await countKnownReviews(context, shop.id, source, keys));
    counts.imported += added;
    counts.known += reviews.length - added;
    counts.newProducts = products.newProducts();
  };
}

function count(report: ImportReport, row: number, review: ImportedReview | undefined): void {
  const counts = report;
  counts.read = row;
  if (!review) counts.failed += 1;
  else if (review.createdAt === undefined) counts.undated += 1;
  if (review?.cut.length) counts.cut += 1;
}
