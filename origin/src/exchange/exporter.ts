/** What every export format is: a text before, a text for each review, and a text after. */
import type { ReviewStatus } from '@plaudit/contract';
import type { FullReview } from '../domain/reviews/read-all.ts';

/** One format, made for one export. */
export interface Exporter {
  /** Which reviews the format can carry, unless the caller wants fewer. */
  statuses: readonly ReviewStatus[];
  head: string;
  /** A review as text, or why the format cannot hold it. */
  write: (review: FullReview) => { text: string } | { leftOut: string };
  tail: string;
}

/** What an export may depend on. */
export interface ExportOptions {
  /** Whether reviewers' e-mail addresses are written. */
  hasEmails: boolean;
  /** Who publishes the reviews, for formats that name the shop. */
  publisher: string;
}

export const ALL_STATUSES: readonly ReviewStatus[] = [
  'published',
  'pending',
  'rejected',
  'archived',
];
