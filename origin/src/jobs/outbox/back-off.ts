const FIRST_MS = 250;
const LONGEST_MS = 5 * 60_000;

/** How long to wait after a failed attempt: doubles from a quarter of a second to five minutes. */
export const backOffMs = (attempts: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 20));
