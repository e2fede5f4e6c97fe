/** Parts of a review that decide how early it is shown when a visitor has not chosen an order. */
export interface RelevanceSignals {
  body: string | null;
  mediaCount: number;
  verified: boolean;
  votesUp: number;
  votesDown: number;
}

const LONG_ENOUGH = 60;
const WELL_WRITTEN = 200;

/** What it is worth that the reviewer has bought. */
export const VERIFIED_WEIGHT = 5;

/**
 * How useful a review is likely to be: says something, shows something, was bought, helped others.
 * Blind to the rating on purpose: good and bad reviews rise and fall alike. Ties go to the newer.
 */
export function relevance(review: RelevanceSignals): number {
  const length = review.body?.length ?? 0;
  const text = Number(length > 0) + Number(length >= LONG_ENOUGH) + Number(length >= WELL_WRITTEN);
  const votes = Math.max(-5, Math.min(20, review.votesUp - review.votesDown));
  const verified = Number(review.verified) * VERIFIED_WEIGHT;
  return text * 10 + Math.min(review.mediaCount, 1) * 15 + verified + votes;
}
