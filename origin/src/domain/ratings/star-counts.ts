/** The columns that hold a summary's counts, and the histograms they stand for. */
import { toStatistics, type Histogram, type RatingSummary } from '@plaudit/contract';
import type { ratingSummaries } from '../../db/schema.ts';

/** The counting columns of a summary row. */
export type StarCounts = Pick<
  typeof ratingSummaries.$inferSelect,
  'n1' | 'n2' | 'n3' | 'n4' | 'n5' | 'organic1' | 'organic2' | 'organic3' | 'organic4' | 'organic5'
>;

/** Counts of all reviews and of the organic ones. */
export interface Histograms {
  all: Histogram;
  organic: Histogram;
}

/** A row's counts as histograms; no row means no reviews. */
export function toHistograms(row: StarCounts | null | undefined): Histograms {
  if (!row) return { all: [0, 0, 0, 0, 0], organic: [0, 0, 0, 0, 0] };
  return {
    all: [row.n1, row.n2, row.n3, row.n4, row.n5],
    organic: [row.organic1, row.organic2, row.organic3, row.organic4, row.organic5],
  };
}

/** Histograms as a row's counts. */
export function toStarCounts({ all, organic }: Histograms): StarCounts {
  return {
    n1: all[0],
    n2: all[1],
    n3: all[2],
    n4: all[3],
    n5: all[4],
    organic1: organic[0],
    organic2: organic[1],
    organic3: organic[2],
    organic4: organic[3],
    organic5: organic[4],
  };
}

/** What takes away what these counts add. */
export function negated(counts: StarCounts): StarCounts {
  const negate = ([a, b, c, d, e]: Histogram): Histogram => [-a, -b, -c, -d, -e];
  const { all, organic } = toHistograms(counts);
  return toStarCounts({ all: negate(all), organic: negate(organic) });
}

/** A row as the summary that leaves the origin. */
export function toRatingSummary(row: StarCounts | null | undefined): RatingSummary {
  const { all, organic } = toHistograms(row);
  return { ...toStatistics(all), organic: toStatistics(organic) };
}
