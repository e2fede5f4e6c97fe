/**
 * Reads dates as files write them. A format that could be read in two ways is never guessed: either
 * the file's own dates rule the others out, or the person who imports says which it is.
 */

interface DateFormat {
  pattern: RegExp;
  /** Which of the pattern's groups is year, month and day. */
  groups: readonly [year: number, month: number, day: number];
}

const TIME = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const numeric = (start: string) => new RegExp(`^${start}${TIME}${ZONE}$`, 'i');
const DAY_MONTH_YEAR = [3, 2, 1] as const;
const MONTH_DAY_YEAR = [3, 1, 2] as const;
const YEAR_MONTH_DAY = [1, 2, 3] as const;

/** The formats by the name that `--date-format` takes. */
const FORMATS: Record<string, DateFormat> = {
  'yyyy-mm-dd': {
    pattern: numeric(String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})`),
    groups: YEAR_MONTH_DAY,
  },
  'dd/mm/yyyy': {
    pattern: numeric(String.raw`(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})`),
    groups: DAY_MONTH_YEAR,
  },
  'mm/dd/yyyy': {
    pattern: numeric(String.raw`(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})`),
    groups: MONTH_DAY_YEAR,
  },
  'yy.mm.dd': {
    pattern: numeric(String.raw`(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})`),
    groups: YEAR_MONTH_DAY,
  },
  'dd.mm.yy': {
    pattern: numeric(String.raw`(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})`),
    groups: DAY_MONTH_YEAR,
  },
  'mm/dd/yy': {
    pattern: numeric(String.raw`(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})`),
    groups: MONTH_DAY_YEAR,
  },
};

/** The names of all formats. */
export const DATE_FORMATS: readonly string[] = Object.keys(FORMATS);

/** Two-digit years up to this one are of this century. */
const PIVOT_YEAR = 69;

/** Reads a date in a named format; no zone means UTC. Undefined when it is none. */
export function readDate(text: string, formatName: string): Date | undefined {
  const format = FORMATS[formatName];
  const match = format?.pattern.exec(text.trim());
  if (!format || !match) return undefined;
  const part = (group: number) => Number(match[group] ?? 0);
  const [yearGroup, monthGroup, dayGroup] = format.groups;
  const [month, day] = [part(monthGroup), part(dayGroup)];
  const written = part(yearGroup);
  const century = written > PIVOT_YEAR ? 1900 : 2000;
  const year = written < 100 ? century + written : written;
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const date = new Date(Date.UTC(year, month - 1, day, part(4), part(5), part(6), milliseconds));
  const isCalendarDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const isClockTime = part(4) < 24 && part(5) < 60 && part(6) < 60;
  if (!isCalendarDay || !isClockTime) return undefined;
  return new Date(date.getTime() - offsetMinutes(match[8]) * 60_000);
}

function offsetMinutes(zone = ''): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

/**
 * The formats in which every one of these dates is a real day. One: that is it. Several: the dates
 * are ambiguous. None: no single format fits.
 */
export function fittingDateFormats(dates: readonly string[]): string[] {
  return DATE_FORMATS.filter((name) => dates.every((text) => readDate(text, name) !== undefined));
}
