/** The outline of five stars in a row of 120 by 24, each in a field of 24. */
export const STAR_PATH = [12, 36, 60, 84, 108]
  .map((x) => `M${x} 2l3 7h7l-5.5 5 2 7-6.5-4-6.5 4 2-7-5.5-5h7z`)
  .join('');

/** How far from the left the stars are filled. */
export const filledWidth = (average: number): string => `${average * 24}`;
