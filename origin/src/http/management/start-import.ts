/** The import of a file in the management API: it is taken in at once, and worked on afterwards. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { submitImport } from '../../domain/imports/submit.ts';
import { FORMAT_NAMES } from '../../exchange/formats.ts';
import {
  planImport,
  PlanError,
  type ImportPlan,
  type PlanOption,
  type PlanOptions,
} from '../../exchange/plan-import.ts';
import { DATE_FORMATS } from '../../exchange/read-date.ts';
import { RATING_SCALES } from '../../exchange/read-rating.ts';
import { UnreadableFileError } from '../../exchange/read-records.ts';
import { ProblemError } from '../problems.ts';
import { oneImport, toImport } from './import-shape.ts';
import { operation } from './operation.ts';
import { sentFile, type SentFile } from './receive-file.ts';
import { flag, listOf, text } from './schema.ts';

/** What a file of each kind is called, as its reader goes by the name. */
const ENDINGS: Record<string, string> = {
  'text/csv': '.csv',
  'text/tab-separated-values': '.tsv',
  'application/jsonl': '.jsonl',
  'application/x-ndjson': '.jsonl',
};

/** The parameter that says what a plan can lack. */
const PARAMETERS: Record<PlanOption, string> = {
  format: 'format',
  map: 'columns',
  ratingScale: 'ratingScale',
  dateFormat: 'dateFormat',
  delimiter: 'delimiter',
};

const query = z.strictObject({
  fileName: text(255).describe('What people know the file by').exactOptional(),
  format: z.enum(FORMAT_NAMES).describe('Found out by the headings when absent').exactOptional(),
  columns: listOf(text(500))
    .describe('Which column holds a field, as COLUMN=FIELD')
    .exactOptional(),
  ratingScale: z
    .enum(RATING_SCALES.map(String))
    .describe('The file rates from 1 to this; 5 when absent')
    .exactOptional(),
  dateFormat: z
    .enum(DATE_FORMATS)
    .describe('Found out where the dates allow only one')
    .exactOptional(),
  delimiter: text(1)
    .min(1)
    .describe('What separates the cells; found out when absent')
    .exactOptional(),
  dryRun: flag.describe('Reads and counts everything, and adds nothing').exactOptional(),
});

type Query = z.output<typeof query>;

export const startImport = operation({
  method: 'post',
  path: '/imports',
  scope: 'imports:write',
  summary: 'Import reviews from a file',
  description:
    'The body is the file: CSV or TSV with any usual delimiter, or JSON lines; plain, or gzipped with Content-Encoding. It is looked into before it is answered: what could be read in several ways is refused (unreadable-file), and `parameter` names what has to be said. Reviews are then added in the background, those that are there already not again. A file that runs already is not begun twice.',
  query,
  body: sentFile,
  fileTypes: Object.keys(ENDINGS),
  status: 202,
  answer: oneImport,
  problems: ['too-many-requests'],
  isRepeatable: true,
  run: async ({ domain, shop, query, body: file }) => {
    const { dryRun = false, fileName } = query;
    const { path, open: _open, ...reading } = await plan(file, query);
    const digest = createHash('sha256').update(JSON.stringify({ ...reading, dryRun }));
    const subject = {
      source: `import:${reading.format}`,
      fileName: fileName ?? path,
      fileDigest: digest.update(file.digest).digest('base64url'),
      isDryRun: dryRun,
    };
    const waiting = { name: file.name, key: file.key, plan: { path, ...reading } };
    const { started, isNeeded } = await submitImport(domain, shop, subject, waiting);
    if (isNeeded) file.keep();
    return { body: toImport(started), location: `/imports/${started.publicId}` };
  },
});

async function plan(file: SentFile, query: Query): Promise<ImportPlan> {
  const path = `reviews${ENDINGS[file.mediaType] ?? ''}${file.isGzipped ? '.gz' : ''}`;
  try {
    return await planImport(path, toOptions(file, query), file.open);
  } catch (error) {
    if (error instanceof PlanError) {
      const { finding: detail, option } = error;
      const parameter = option && { parameter: PARAMETERS[option] };
      throw new ProblemError('unreadable-file', { detail, ...parameter });
    }
    if (error instanceof UnreadableFileError) {
      throw new ProblemError('unreadable-file', { detail: error.message });
    }
    throw error;
  }
}

function toOptions({ mediaType }: SentFile, query: Query): PlanOptions {
  const { format, columns, dateFormat } = query;
  const ratingScale = RATING_SCALES.find((scale) => String(scale) === query.ratingScale);
  const delimiter =
    query.delimiter ?? (mediaType === 'text/tab-separated-values' ? '\t' : undefined);
  return {
    ...(format && { format }),
    ...(columns && { map: columns }),
    ...(ratingScale && { ratingScale }),
    ...(dateFormat !== undefined && { dateFormat }),
    ...(delimiter !== undefined && { delimiter }),
  };
}
