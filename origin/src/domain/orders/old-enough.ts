const DAY_MS = 24 * 60 * 60_000;

/** From when on an order of that instant verifies a review, if it must be so many days old. */
export const oldEnoughAt = (orderedAt: Date, days: number): Date =>
  new Date(orderedAt.getTime() + days * DAY_MS);
