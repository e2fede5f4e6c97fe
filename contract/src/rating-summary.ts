import type { Review } from './review.ts';

/** How often each rating was given, from one star (index 0) to five (index 4). */
export type Histogram = [number, number, number, number, number];

/** Count, mean and spread of a set of published reviews. */
export interface RatingStatistics {
  count: number;
  /** Arithmetic mean with at most five decimals; 0 where `count` is 0. */
  average: number;
  histogram: Histogram;
}

/** The statistics of all published reviews, and the same over the organic (not incentivized) ones. */
export interface RatingSummary extends RatingStatistics {
  organic: RatingStatistics;
}

/** What a product card needs. */
export interface ProductRating {
  average: number;
  count: number;
}

/** Answer of the batch call; products without a published review are left out. */
export interface Ratings {
  ratings: Record<string, ProductRating>;
}

/** A value that published reviews have, and how many do. */
export interface FacetCount {
  value: string;
  count: number;
}

/** What the published reviews have in common, most frequent first; empty ones are left out. */
export interface ReviewFacets {
  locales?: FacetCount[];
  countries?: FacetCount[];
  /** Of products; `ReviewQuery.answer` finds them as answers to `VARIANT_QUESTION`. */
  variants?: FacetCount[];
  /** Phrases that many of them use. */
  topics?: FacetCount[];
  /** How reviewers answered the shop's own questions of 1 to 5. */
  scales?: ScaleAverage[];
}

/** The mean answer to a question of 1 to 5. */
export interface ScaleAverage {
  /** The question's id. */
  question: string;
  label: string;
  average: number;
  count: number;
}

/** Answer of a list call. `next` is an opaque cursor, absent on the last page. */
export interface ReviewPage {
  summary: RatingSummary;
  /** What one can narrow the whole list down to; on first pages only. */
  facets?: ReviewFacets;
  reviews: Review[];
  next?: string;
}

/** Statistics from counts alone, so that no caller ever averages averages. */
export function toStatistics(histogram: Histogram): RatingStatistics {
  const count = histogram.reduce((sum, n) => sum + n, 0);
  const stars = histogram.reduce((sum, n, index) => sum + n * (index + 1), 0);
  return {
    count,
    average: count === 0 ? 0 : Math.round((stars / count) * 1e5) / 1e5,
    histogram,
  };
}
