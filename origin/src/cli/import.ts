import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { withLateIndexes } from '../db/late-indexes.ts';
import type { Context } from '../domain/context.ts';
import { createShop } from '../domain/shops/create.ts';
import { findShop, type Shop } from '../domain/shops/find.ts';
import { createErrorReport } from '../exchange/error-report.ts';
import { FORMAT_NAMES } from '../exchange/formats.ts';
import { importFile } from '../exchange/import-file.ts';
import type { ImportReport } from '../exchange/import-report.ts';
import {
  planImport,
  PlanError,
  type ImportPlan,
  type PlanOptions,
} from '../exchange/plan-import.ts';
import { DATE_FORMATS } from '../exchange/read-date.ts';
import { RATING_SCALES } from '../exchange/read-rating.ts';
import { choose } from './choose.ts';
import { CliError } from './cli-error.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { startProgress } from './progress.ts';

const OPTIONS = {
  shop: { type: 'string' },
  'create-shop': { type: 'boolean', default: false },
  format: { type: 'string' },
  map: { type: 'string', multiple: true, default: [] as string[] },
  'rating-scale': { type: 'string' },
  'date-format': { type: 'string' },
  delimiter: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'invent-missing': { type: 'boolean', default: false },
  errors: { type: 'string' },
} as const;

export const importFiles: Command = {
  help: `Usage: plaudit import FILE… --shop KEY [OPTIONS]

Brings reviews in from CSV, TSV or JSON lines (.jsonl), plain or gzipped (.gz). Format, delimiter
and columns are found out. Safe to run again: what is in the shop already is not added twice. An import
that broke off goes on where it was. "plaudit import list" and "plaudit import undo" see to earlier ones.

  --shop KEY             the shop that gets the reviews
  --create-shop          make the shop if there is none
  --dry-run              read and check everything, change nothing
  --format NAME          found out by the headings, or one of
                         ${FORMAT_NAMES.join(', ')}
  --map COLUMN=FIELD     which column holds a field; may be given several times
  --rating-scale N       the file rates from 1 to N: ${RATING_SCALES.join(', ')} (5)
  --date-format FORMAT   ${DATE_FORMATS.join(', ')}
                         (found out where the dates allow only one)
  --delimiter CHARACTER  what separates the cells (found out)
  --errors FILE          where to list rows that cannot be imported (FILE.import-errors.csv)
  --invent-missing       for demos: make up names and dates that the file does not hold
`,
  async run(args) {
    const { values, positionals: paths } = readOptions({
      args,
      options: OPTIONS,
      allowPositionals: true,
    });
    const appKey = required(values.shop, '--shop KEY');
    if (paths.length === 0) throw new CliError('Name at least one file.');
    const planOptions = readPlanOptions(values);
    // All files are looked into before the first is imported: a question comes before any change.
    const plans = await Promise.all(paths.map((path) => plan(path, planOptions)));
    const isDryRun = values['dry-run'];
    return withDatabase(async (context, kind) => {
      const shop = await openShop(context, appKey, values['create-shop'] && !isDryRun);
      const options = {
        isDryRun,
        inventsMissing: values['invent-missing'],
        errorsPath: values.errors,
      };
      const importThem = () => importEach(context, shop, plans, options);
      // Nobody else has the embedded database open.
      const imported =
        kind === 'pglite' && !isDryRun
          ? await withLateIndexes(context.db, totalSize(plans), importThem)
          : await importThem();
      return imported > 0 ? 0 : 1;
    });
  },
};

function readPlanOptions(values: {
  format?: string | undefined;
  map: string[];
  'rating-scale'?: string | undefined;
  'date-format'?: string | undefined;
  delimiter?: string | undefined;
}): PlanOptions {
  const format = choose('--format', FORMAT_NAMES, values.format);
  const scale = choose('--rating-scale', RATING_SCALES.map(String), values['rating-scale']);
  const ratingScale = RATING_SCALES.find((candidate) => String(candidate) === scale);
  const dateFormat = choose('--date-format', DATE_FORMATS, values['date-format']);
  const delimiter = values.delimiter === '\\t' ? '\t' : values.delimiter;
  return {
    map: values.map,
    ...(format ? { format } : {}),
    ...(ratingScale ? { ratingScale } : {}),
    ...(dateFormat ? { dateFormat } : {}),
    ...(delimiter ? { delimiter } : {}),
  };
}

async function plan(path: string, options: PlanOptions): Promise<ImportPlan> {
  try {
    return await planImport(path, options);
  } catch (error) {
    if (error instanceof PlanError) throw new CliError(error.message);
    throw error;
  }
}

async function openShop(context: Context, appKey: string, isMade: boolean): Promise<Shop> {
  if (isMade) await createShop(context, { appKey, name: appKey, autoPublish: true });
  return findShop(context.db, appKey);
}

const totalSize = (plans: readonly ImportPlan[]): number =>
  plans.reduce((sum, { path }) => sum + statSync(path).size, 0);

interface Options {
  isDryRun: boolean;
  inventsMissing: boolean;
  errorsPath: string | undefined;
}

/** @returns how many reviews of the files are in the shop */
async function importEach(
  context: Context,
  shop: Shop,
  plans: readonly ImportPlan[],
  options: Options,
): Promise<number> {
  let imported = 0;
  for (const own of plans) {
    const errorsPath = options.errorsPath ?? `${basename(own.path)}.import-errors.csv`;
    const report = await importOne(context, shop, own, { ...options, errorsPath });
    imported += report.imported + report.known;
  }
  return imported;
}

async function importOne(
  context: Context,
  shop: Shop,
  own: ImportPlan,
  options: { isDryRun: boolean; inventsMissing: boolean; errorsPath: string },
): Promise<ImportReport> {
  const name = basename(own.path);
  const size = statSync(own.path).size;
  const progress = startProgress(name);
  const errors = createErrorReport(options.errorsPath);
  const report = await importFile(context, shop, own, {
    ...options,
    onProgress: ({ read }, bytes) => progress.show(read, size === 0 ? 1 : bytes / size),
    onRowError: errors.add,
  });
  progress.end();
  await errors.end();
  console.error(describe(name, own, report, options));
  return report;
}

function describe(
  name: string,
  own: ImportPlan,
  { id, isResumed, read, imported, known, failed, undated, cut, newProducts }: ImportReport,
  options: { isDryRun: boolean; inventsMissing: boolean; errorsPath: string },
): string {
  const number = (n: number) => n.toLocaleString('en');
  const lines = [
    `${name} (${own.label}): ${number(read)} rows read${isResumed ? ', going on with an import that had broken off' : ''}`,
    `  ${number(imported)} ${options.isDryRun ? 'would be imported; nothing was changed' : 'imported'}`,
    `  ${number(known)} were there already`,
    `  ${number(failed)} could not be read${failed > 0 ? `; see ${options.errorsPath}` : ''}`,
  ];
  if (cut > 0) lines.push(`  ${number(cut)} had texts that were cut; see ${options.errorsPath}`);
  if (newProducts > 0) lines.push(`  ${number(newProducts)} products were not known to the shop`);
  if (undated > 0 && !options.inventsMissing) {
    lines.push(`  ${number(undated)} have no date and are dated at this import`);
  }
  if (options.inventsMissing) {
    lines.push('  names and dates that the file does not hold were made up (--invent-missing)');
  }
  if (id !== undefined && imported > 0) lines.push(`  to take it back: plaudit import undo ${id}`);
  return lines.join('\n');
}
