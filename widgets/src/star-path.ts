/** The outline of five stars in a row of 120 by 24, each in a field of 24. */
export const STAR_PATH = `M12 2${'l3 7h7l-5.5 5 2 7-6.5-4-6.5 4 2-7-5.5-5h7zm24 0'.repeat(5)}`;

/** How far from the left the stars are filled. */
export const filledWidth = (average: number): number => average * 24;
