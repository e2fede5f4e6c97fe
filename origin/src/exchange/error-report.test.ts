import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCsvRow } from './error-report.ts';
import { readCsv } from './read-csv.ts';
import type { FileRecord } from './read-records.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
  'a spreadsheet takes %j for text',
  (cell) => {
    expect(toCsvRow([cell])).toMatch(/^"?'/);
  },
);

test('any cells come back as they were, but for the mark of text', async () => {
  const cells = fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(cells, async (row) => {
      const heading = row.map((_, index) => `column ${index}`);
      const text = toCsvRow(heading) + toCsvRow(['x', ...row.slice(1)]);
      const { value: record } = await readCsv(pieces(text), ',').next();
      const read = Object.values((record as FileRecord).cells).slice(1);
      expect(read.map((cell) => cell.replace(/^'/, ''))).toEqual(
        row.slice(1).map((cell) => cell.replace(/^'/, '')),
      );
    }),
    { numRuns: 50 },
  );
});

async function* pieces(text: string): AsyncGenerator<string> {
  yield text;
}
