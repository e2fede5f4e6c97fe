import type { ReviewQuery } from '@plaudit/sdk';
import type { Change } from './list.ts';
import type { Words } from './words.ts';

/** One active filter, and the change that takes it back. */
export interface Pill {
  label: string;
  removal: Change;
}

/** What the filters' chunk calls its values, by `name:value`: only it knows their names. */
export const valueLabels = new Map<string, string>();

/** The active filters: stars first, the others in the order in which they were first set. */
export function toPills(
  { rating = [], sort: _sort, limit: _limit, ...others }: ReviewQuery,
  text: Words,
): Pill[] {
  return [
    ...rating.map((stars) => ({
      label: text('reviews.stars.filter', { stars }),
      removal: { rating: rating.filter((other) => other !== stars) },
    })),
    ...Object.entries(others)
      .filter(([, value]) => value)
      .map(([name, value]) => ({
        label:
          value === true
            ? text(`reviews.${name as 'media' | 'verified'}`)
            : (valueLabels.get(`${name}:${value}`) ?? text('reviews.words', { words: `${value}` })),
        removal: { [name]: undefined },
      })),
  ];
}

/** The change that takes all of them back. */
export const toNoFilters = (pills: readonly Pill[]): Change =>
  Object.assign({}, ...pills.map(({ removal }) => removal), { rating: [] }) as Change;
