/** Writes all reviews of a shop in one of the export formats, as a stream. */
import type { ReviewStatus } from '@plaudit/contract';
import type { Context } from '../domain/context.ts';
import { readAllReviews, type FullReview } from '../domain/reviews/read-all.ts';
import type { Shop } from '../domain/shops/find.ts';
import type { Exporter, ExportOptions } from './exporter.ts';
import { createGoogleFeed } from './google-feed.ts';
import { createJsonLines } from './json-lines.ts';
import { createJudgemeCsv } from './judgeme-csv.ts';
import { createPlauditCsv } from './plaudit-csv.ts';
import { createShopifyCsv } from './shopify-csv.ts';

const EXPORTERS = {
  'plaudit-csv': createPlauditCsv,
  jsonl: createJsonLines,
  'google-xml': createGoogleFeed,
  judgeme: createJudgemeCsv,
  shopify: createShopifyCsv,
} as const satisfies Record<string, (options: ExportOptions) => Exporter>;

export type ExportFormat = keyof typeof EXPORTERS;
export const EXPORT_FORMATS = Object.keys(EXPORTERS) as ExportFormat[];

/** What came of an export, in reviews. */
export interface ExportReport {
  written: number;
  /** How many the format could not hold, by reason. */
  leftOut: Map<string, number>;
}

/** What is exported, and how. */
export interface ExportPlan {
  format: ExportFormat;
  hasEmails: boolean;
  /** Only reviews of this status. */
  status?: ReviewStatus;
  /** Called after each thousand of reviews. */
  onProgress: (report: ExportReport) => void;
}

const PROGRESS_EVERY = 1000;

/**
 * Streams the text of an export; the report counts along. Memory does not grow with the shop.
 * @returns the text in pieces, to be written in this order
 */
export async function* exportReviews(
  context: Context,
  shop: Shop,
  { format, hasEmails, status, onProgress }: ExportPlan,
): AsyncGenerator<string> {
  const exporter = EXPORTERS[format]({ hasEmails, publisher: shop.name });
  const statuses = exporter.statuses.filter((each) => status === undefined || each === status);
  const report: ExportReport = { written: 0, leftOut: new Map() };
  const reviews = readAllReviews(context, shop.id, statuses, hasEmails);
  for await (const piece of writeReviews(reviews, exporter, report)) {
    yield piece;
    onProgress(report);
  }
  onProgress(report);
}

/** The text of an export, some thousand reviews a piece. */
export async function* writeReviews(
  reviews: AsyncIterable<FullReview> | Iterable<FullReview>,
  { head, write, tail }: Exporter,
  report: ExportReport,
): AsyncGenerator<string> {
  const counts = report;
  let piece = head;
  for await (const review of reviews) {
    const outcome = write(review);
    if ('text' in outcome) {
      piece += outcome.text;
      counts.written += 1;
      if (counts.written % PROGRESS_EVERY === 0) {
        yield piece;
        piece = '';
      }
    } else {
      counts.leftOut.set(outcome.leftOut, (counts.leftOut.get(outcome.leftOut) ?? 0) + 1);
    }
  }
  yield piece + tail;
}
