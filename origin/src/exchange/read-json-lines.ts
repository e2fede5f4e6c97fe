/** JSON lines: one object a line; nested names are joined by dots, lists of texts by line breaks. */
import { RECORD_MAX_LENGTH, type FileRecord } from './file-record.ts';

/**
 * Reads one object a line; a line that is no JSON object is given with an `error`.
 * @throws when a line does not end
 */
export async function* readJsonLines(text: AsyncIterable<string>): AsyncGenerator<FileRecord> {
  let line = 0;
  for await (const source of splitLines(text)) {
    line += 1;
    if (source.trim() !== '') yield toRecord(source, line);
  }
}

async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > RECORD_MAX_LENGTH)
      throw new Error(`A line is longer than ${RECORD_MAX_LENGTH} characters.`);
    yield* lines;
  }
  yield rest;
}

function toRecord(source: string, line: number): FileRecord {
  try {
    const value: unknown = JSON.parse(source.replace(/^\uFEFF/, ''));
    if (isObject(value)) return { line, cells: flatten(value) };
  } catch {
    // Said below, with the text.
  }
  return { line, cells: { text: source.slice(0, 200) }, error: 'is not a JSON object' };
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function flatten(value: object, prefix = ''): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    const name = `${prefix}${key}`;
    if (isObject(inner)) Object.assign(cells, flatten(inner, `${name}.`));
    else if (Array.isArray(inner)) cells[name] = toList(inner);
    else if (typeof inner === 'string') cells[name] = inner;
    else cells[name] = inner === null ? '' : JSON.stringify(inner);
  }
  return cells;
}

const toList = (list: readonly unknown[]): string =>
  list.some(isObject) ? JSON.stringify(list) : list.map(String).join('\n');
