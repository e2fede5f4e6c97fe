/** Which backups are kept: near ones closely, far ones loosely. Pure. */

/** Of how many days, weeks and months the last backup is kept. */
export interface Retention {
  days: number;
  weeks: number;
  months: number;
}

export const RETENTION: Retention = { days: 7, weeks: 4, months: 12 };

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday; weeks begin on Mondays. */
const MONDAY_MS = 4 * DAY_MS;

const PERIODS: [keyof Retention, (at: Date) => number][] = [
  ['days', (at) => Math.floor(at.getTime() / DAY_MS)],
  ['weeks', (at) => Math.floor((at.getTime() - MONDAY_MS) / (7 * DAY_MS))],
  ['months', (at) => at.getUTCFullYear() * 12 + at.getUTCMonth()],
];

/**
 * The backups that may go: those that are not the last of one of the last days, weeks or months that
 * have one. Periods without a backup do not count, so neither a pause nor a wrong clock costs an old one.
 */
export function chooseRedundant<T extends { createdAt: Date }>(
  backups: readonly T[],
  retention: Retention,
): T[] {
  const newestFirst = backups.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const kept = new Set<T>();
  for (const [name, periodOf] of PERIODS) {
    const seen = new Set<number>();
    for (const backup of newestFirst) {
      const period = periodOf(backup.createdAt);
      if (seen.has(period) || seen.size === retention[name]) continue;
      seen.add(period);
      kept.add(backup);
    }
  }
  return newestFirst.filter((backup) => !kept.has(backup));
}
