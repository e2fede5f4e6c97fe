/** Reads ratings as files write them: `4`, `4,5`, `5/5`, `8/10`, or points on a scale that was named. */
import type { Rating } from '@plaudit/contract';

/** Scales a file may use; anything but 5 has to be asked for. */
export const RATING_SCALES = [5, 10, 100] as const;
export type RatingScale = (typeof RATING_SCALES)[number];

/**
 * Turns a rating into whole stars: on its scale to five, then to the nearest star, halves up, never
 * below one. Undefined when it is no number, not above zero, or above its scale.
 */
export function readRating(text: string, scale: RatingScale): Rating | undefined {
  const match = /^(\d{1,3}(?:[.,]\d+)?)(?:\s*\/\s*(5|10|100))?$/.exec(text.trim());
  if (!match) return undefined;
  const points = Number(match[1]?.replace(',', '.'));
  const best = match[2] ? Number(match[2]) : scale;
  if (points <= 0 || points > best) return undefined;
  return Math.max(1, Math.round((points * 5) / best)) as Rating;
}
