/**
 * Reads dates as files write them. A format that could be read in two ways is never guessed: either
 * the file's own dates rule the others out, or the person who imports says which it is.
 */

interface DateFormat {
  pattern: RegExp;
  /** Which of the pattern's groups is year, month and day. */
  groups: readonly [year: number, month: number, day: number];
}

/** What may follow the day, up to the end: a time of day, a zone. */
const TIME =
  /^(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const DAY_MONTH_YEAR = [3, 2, 1] as const;
const MONTH_DAY_YEAR = [3, 1, 2] as const;
const YEAR_MONTH_DAY = [1, 2, 3] as const;

/** The formats by the name that `--date-format` takes. */
const FORMATS: Record<string, DateFormat> = {
  'yyyy-mm-dd': {
    pattern: /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/,
    groups: YEAR_MONTH_DAY,
  },
  'dd/mm/yyyy': {
    pattern: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})/,
    groups: DAY_MONTH_YEAR,
  },
  'mm/dd/yyyy': {
    pattern: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})/,
    groups: MONTH_DAY_YEAR,
  },
  'yy.mm.dd': {
    pattern: /^(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})/,
    groups: YEAR_MONTH_DAY,
  },
  'dd.mm.yy': {
    pattern: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})/,
    groups: DAY_MONTH_YEAR,
  },
  'mm/dd/yy': {
    pattern: /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})/,
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
  const written = text.trim();
  const day = format?.pattern.exec(written);
  const time = day && TIME.exec(written.slice(day[0].length));
  if (!format || !time) return undefined;
  const [year, month, dayOfMonth] = format.groups.map((group) => Number(day[group]));
  return toInstant([toFullYear(year ?? 0), (month ?? 0) - 1, dayOfMonth ?? 0], time);
}

function toFullYear(written: number): number {
  const century = written > PIVOT_YEAR ? 1900 : 2000;
  return written < 100 ? century + written : written;
}

/** Undefined when there is no such day, or no such time of day. */
function toInstant(day: [year: number, month: number, day: number], time: RegExpExecArray) {
  const [hours = 0, minutes = 0, seconds = 0] = time.slice(1, 4).map((part) => Number(part ?? 0));
  const milliseconds = Number((time[4] ?? '').padEnd(3, '0').slice(0, 3));
  const date = new Date(Date.UTC(...day, hours, minutes, seconds, milliseconds));
  const isCalendarDay = date.getUTCMonth() === day[1] && date.getUTCDate() === day[2];
  const isClockTime = hours < 24 && minutes < 60 && seconds < 60;
  if (!isCalendarDay || !isClockTime) return undefined;
  return new Date(date.getTime() - offsetMinutes(time[5]) * 60_000);
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
