/** Looks into a file before it is imported, and decides how it is to be read; in doubt it asks. */
import type { Readable } from 'node:stream';
import { ColumnError, findColumns, readColumnOptions, type ColumnMap } from './columns.ts';
import {
  detectFormat,
  formatNamed,
  hasFormulaGuards,
  hasHtmlEntities,
  type FormatName,
} from './formats.ts';
import type { RecordReading } from './imported-review.ts';
import { fittingDateFormats } from './read-date.ts';
import type { RatingScale } from './read-rating.ts';
import type { FileRecord } from './file-record.ts';
import { readRecords, type ReadOptions } from './read-records.ts';

/** What the person who imports may say; everything else is found out. */
export interface PlanOptions {
  format?: FormatName;
  /** `COLUMN=FIELD`. */
  map?: readonly string[];
  ratingScale?: RatingScale;
  dateFormat?: string;
  delimiter?: string;
}

/** How one file will be read. */
export interface ImportPlan extends RecordReading {
  path: string;
  format: FormatName;
  /** For people: what the file was taken for. */
  label: string;
  delimiter?: string;
  /** Opens the file where it is not one of that path. */
  open?: () => Readable;
}

/** What a plan can lack. */
export type PlanOption = keyof PlanOptions;

/** The file cannot be imported as it was asked for; the message says what to do at the command line. */
export class PlanError extends Error {
  /** What was found, for people. */
  readonly finding: string;
  /** What has to be said; nothing will do where it is absent. */
  readonly option: PlanOption | undefined;

  constructor(path: string, finding: string, need?: { option: PlanOption; advice: string }) {
    super(`${path}: ${finding}${need ? ` ${need.advice}` : ''}`);
    this.finding = finding;
    this.option = need?.option;
  }
}

const SAMPLE_ROWS = 5000;
/** Rows can be long; in UTF-16 code units. */
const SAMPLE_LENGTH = 16_000_000;
/** From this share of ratings above five on, the file has another scale. */
const OTHER_SCALE_SHARE = 1 / 20;

/**
 * Plans the import of one file from its first 5,000 records, or fewer where they are long.
 * @throws PlanError when there is nothing to import, no column holds ratings or products, ratings
 *   leave the scale, or dates can be read in several ways
 */
export async function planImport(
  path: string,
  options: PlanOptions = {},
  open?: () => Readable,
): Promise<ImportPlan> {
  const source = open === undefined ? {} : { open };
  const { delimiter } = options;
  const sample = await readSample(path, {
    ...source,
    ...(delimiter === undefined ? {} : { delimiter }),
  });
  const headings = [...new Set(sample.flatMap((record) => Object.keys(record.cells)))];
  const format = options.format ? formatNamed(options.format) : detectFormat(headings);
  const named = readColumns(path, options.map ?? [], headings);
  const columns = { ...findColumns(headings, format.headings), ...named };
  requireColumns(path, columns, headings);
  if (options.ratingScale === undefined) requireFiveStars(path, valuesOf(sample, columns.rating));
  const questions = headings.filter((heading) => format.questions?.test(heading));
  const dates = valuesOf(sample, columns.createdAt).concat(valuesOf(sample, columns.replyAt));
  const dateFormat = options.dateFormat ?? chooseDateFormat(path, dates);
  return {
    path,
    format: format.name,
    label: format.label,
    columns,
    questions,
    ratingScale: options.ratingScale ?? 5,
    decodeEntities: hasHtmlEntities(path, format),
    unguardFormulas: hasFormulaGuards(path),
    hasPlainLists: format.name === 'plaudit',
    ...(dateFormat === undefined ? {} : { dateFormat }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...source,
  };
}

async function readSample(path: string, options: ReadOptions): Promise<FileRecord[]> {
  const sample: FileRecord[] = [];
  let length = 0;
  for await (const record of readRecords(path, options)) {
    if (record.error === undefined) sample.push(record);
    for (const cell of Object.values(record.cells)) length += cell.length;
    if (sample.length === SAMPLE_ROWS || length > SAMPLE_LENGTH) break;
  }
  if (sample.length === 0) throw new PlanError(path, 'there are no records in it.');
  return sample;
}

function readColumns(path: string, map: readonly string[], headings: string[]): ColumnMap {
  try {
    return readColumnOptions(map, headings);
  } catch (error) {
    if (!(error instanceof ColumnError)) throw error;
    const advice = 'It was said with --map.';
    throw new PlanError(path, error.message, { option: 'map', advice });
  }
}

const valuesOf = (sample: FileRecord[], column: string | undefined): string[] =>
  column === undefined
    ? []
    : sample.map(({ cells }) => cells[column]?.trim() ?? '').filter((value) => value !== '');

function requireColumns(path: string, columns: ColumnMap, headings: string[]): void {
  const { productId, productHandle, productSku, productTitle } = columns;
  const hasProduct = productId ?? productHandle ?? productSku ?? productTitle;
  const missing = columns.rating ? (hasProduct ? undefined : 'productId') : 'rating';
  if (missing) {
    const finding = `no column is known to hold the ${missing}; there are ${headings.join(', ')}.`;
    const advice = `Name it with --map "COLUMN=${missing}".`;
    throw new PlanError(path, finding, { option: 'map', advice });
  }
}

/**
 * A file that rates to ten is never squeezed into five stars unasked. A stray 6 is a mistake in its
 * row and no scale; one in twenty is.
 */
function requireFiveStars(path: string, ratings: string[]): void {
  const points = ratings.map((text) => Number(text.replace(',', '.')) || 0);
  const above = points.filter((point) => point > 5);
  if (above.length < points.length * OTHER_SCALE_SHARE || above.length === 0) return;
  const highest = Math.max(...above);
  throw new PlanError(path, `it rates up to ${highest}.`, {
    option: 'ratingScale',
    advice:
      'Say --rating-scale 10 (or 100) if that is its scale, or --rating-scale 5 to leave such rows out.',
  });
}

function chooseDateFormat(path: string, dates: string[]): string | undefined {
  if (dates.length === 0) return undefined;
  const fitting = fittingDateFormats(dates);
  if (fitting.length === 1) return fitting[0];
  const example = dates[0] ?? '';
  if (fitting.length > 1) {
    const finding = `dates such as "${example}" can be read as ${fitting.join(' or as ')}.`;
    const advice = 'Say which with --date-format.';
    throw new PlanError(path, finding, { option: 'dateFormat', advice });
  }
  return mostFitting(path, dates);
}

/** Where a few dates are broken, the format that fits nearly all; the broken ones become row errors. */
function mostFitting(path: string, dates: string[]): string {
  const plausible = dates.filter((text) => fittingDateFormats([text]).length > 0);
  const fitting = fittingDateFormats(plausible);
  if (plausible.length > 0 && fitting.length === 1 && fitting[0]) return fitting[0];
  throw new PlanError(path, `no single form fits its dates, such as "${dates[0]}".`, {
    option: 'dateFormat',
    advice: 'Say which is meant with --date-format.',
  });
}
