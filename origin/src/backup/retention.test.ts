import { array, assert, date, property } from 'fast-check';
import { expect, test } from 'vitest';
import { chooseRedundant, RETENTION } from './retention.ts';

const DAY_MS = 86_400_000;
const made = (at: Date | number | string) => ({ createdAt: new Date(at) });
type Backup = ReturnType<typeof made>;
const keep = (backups: Backup[]) => {
  const redundant = new Set(chooseRedundant(backups, RETENTION));
  return backups.filter((backup) => !redundant.has(backup));
};
const times = array(
  date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map(made),
  { maxLength: 300 },
);
const newest = (backups: Backup[]) => Math.max(...backups.map(({ createdAt }) => +createdAt));

test('the newest backup always stays', () => {
  assert(
    property(times, (backups) => {
      expect(newest(keep(backups))).toBe(newest(backups));
    }),
  );
});

test('never more stay than there are days, weeks and months to keep', () => {
  const most = RETENTION.days + RETENTION.weeks + RETENTION.months;
  assert(
    property(times, (backups) => {
      expect(keep(backups).length).toBeLessThanOrEqual(most);
    }),
  );
});

test('what stayed once stays when it is asked again, in whatever order', () => {
  assert(
    property(times, (backups) => {
      const kept = keep(backups);
      expect(keep(kept)).toEqual(kept);
      expect(new Set(keep(backups.toReversed()))).toEqual(new Set(kept));
    }),
  );
});

test('all stay while there are a week of days with one each, however far apart', () => {
  const rare = [1, 2, 3, 4, 5, 6, 7].map((n) => made(Date.UTC(2020 + n, 0, 1)));
  expect(keep(rare)).toEqual(rare);
});

test('of many on one day, the last stays', () => {
  const day = ['2026-03-01T01:00Z', '2026-03-01T23:59Z', '2026-03-01T12:00Z'].map(made);
  expect(keep(day)).toEqual([day[1]]);
});

test('day by day for two years: each of the last days, weeks and months has its backup', () => {
  const weekOf = (at: number) => Math.floor((at - 4 * DAY_MS) / (7 * DAY_MS));
  const monthOf = (at: number) => new Date(at).getUTCFullYear() * 12 + new Date(at).getUTCMonth();
  let backups: Backup[] = [];
  const start = Date.UTC(2026, 0, 1, 3);
  for (let n = 0; n < 730; n++) {
    const now = start + n * DAY_MS;
    backups = keep([...backups, made(now)]);
    const kept = backups.map(({ createdAt }) => createdAt.getTime());
    for (let ago = 0; ago < Math.min(n + 1, 7); ago++) expect(kept).toContain(now - ago * DAY_MS);
    const weeks = new Set(kept.map(weekOf));
    const firstWeek = Math.max(weekOf(start), weekOf(now) - 3);
    for (let week = firstWeek; week <= weekOf(now); week++) expect(weeks).toContain(week);
    const months = new Set(kept.map(monthOf));
    const firstMonth = Math.max(monthOf(start), monthOf(now) - 11);
    for (let month = firstMonth; month <= monthOf(now); month++) expect(months).toContain(month);
  }
  expect(backups.length).toBeGreaterThan(18);
});
