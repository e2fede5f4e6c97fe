/** CSV as shops really write it (RFC 4180 and its relatives), one record at a time. */
import { Readable } from 'node:stream';
import { parse, type Info } from 'csv-parse';
import { RECORD_MAX_LENGTH, type FileRecord } from './file-record.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Reads a table whose first record names the columns. Columns without a name are called by their
 * place (`#1`); a record with too few or too many cells is given with an `error`.
 * @throws when a quote is never closed
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  delimiter?: string,
): AsyncGenerator<FileRecord> {
  const [start, whole] = await peek(text);
  const source = Readable.from(whole);
  const parser = parse({
    bom: true,
    delimiter: delimiter ?? detectDelimiter(start),
    info: true,
    max_record_size: RECORD_MAX_LENGTH,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let columns: string[] | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: Info;
    }>) {
      if (columns) yield toRecord(columns, record, info.lines);
      else columns = record.map((name, index) => name.trim() || `#${index + 1}`);
    }
  } finally {
    source.destroy();
  }
}

/** The delimiter that stands most often in the heading, outside quotes. */
export function detectDelimiter(text: string): string {
  const heading =
    /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = DELIMITERS.map((delimiter) => heading.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function toRecord(columns: string[], values: string[], line: number): FileRecord {
  const cells = Object.fromEntries(columns.map((column, index) => [column, values[index] ?? '']));
  if (values.length === columns.length) return { line, cells };
  const error = `has ${values.length} cells where the heading names ${columns.length} columns`;
  return { line, cells, error };
}

/** The first piece of a text, and the whole of it again. */
async function peek(text: AsyncIterable<string>): Promise<[string, AsyncIterable<string>]> {
  const iterator = text[Symbol.asyncIterator]();
  let start = '';
  let next = await iterator.next();
  while (!next.done && !/[\r\n]/.test(start) && start.length <= RECORD_MAX_LENGTH) {
    start += next.value;
    next = await iterator.next();
  }
  async function* whole() {
    try {
      yield start;
      while (!next.done) {
        yield next.value;
        next = await iterator.next();
      }
    } finally {
      await iterator.return?.(undefined);
    }
  }
  return [start.replace(/^\uFEFF/, ''), whole()];
}
