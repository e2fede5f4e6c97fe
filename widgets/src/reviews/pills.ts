import type { ReviewQuery } from '@plaudit/sdk';
import type { Change } from './list.ts';
import type { Words } from './words.ts';

/** One active filter, and the change that takes it back. */
export interface Pill {
  label: string;
  removal: Change;
}

/** The active filters, in the order in which they can be set. */
export function toPills({ rating = [], media, verified, q }: ReviewQuery, text: Words): Pill[] {
  const pills: Pill[] = rating.map((stars) => ({
    label: text('reviews.stars.filter', { stars }),
    removal: { rating: rating.filter((other) => other !== stars) },
  }));
  if (media) pills.push({ label: text('reviews.media'), removal: { media: undefined } });
  if (verified) pills.push({ label: text('reviews.verified'), removal: { verified: undefined } });
  if (q) pills.push({ label: text('reviews.words', { words: q }), removal: { q: undefined } });
  return pills;
}

/** The change that takes all of them back. */
export const NO_FILTERS: Change = {
  rating: [],
  media: undefined,
  verified: undefined,
  q: undefined,
};
