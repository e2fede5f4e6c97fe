/** When the daily backup is due. Pure: the caller brings the clock. */

/** A time of every day. */
export interface Schedule {
  /** After midnight, UTC. */
  minute: number;
  /** So much later this process begins: many origins on one machine do not all begin at once. */
  jitterMs: number;
}

const DAY_MS = 86_400_000;

/**
 * The moment since which there has to be a backup: a day's time that has come, with the jitter over.
 * One that was missed is therefore made up for at once.
 */
export function dueSince(now: Date, { minute, jitterMs }: Schedule): Date {
  const intoDay = minute * 60_000;
  const begun = now.getTime() - jitterMs - intoDay;
  return new Date(Math.floor(begun / DAY_MS) * DAY_MS + intoDay);
}
