import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCsvRow } from './csv-row.ts';
import { unguardFormula } from './formula-guard.ts';
import { readCsv } from './read-csv.ts';
import type { FileRecord } from './file-record.ts';

test('any cells come back as they were', async () => {
  const cells = fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(cells, async (row) => {
      const heading = row.map((_, index) => `column ${index}`);
      const text = toCsvRow(heading) + toCsvRow(['x', ...row.slice(1)]);
      const { value: record } = await readCsv(pieces(text), ',').next();
      const read = Object.values((record as FileRecord).cells).slice(1);
      expect(read.map(unguardFormula)).toEqual(row.slice(1));
    }),
    { numRuns: 50 },
  );
});

async function* pieces(text: string): AsyncGenerator<string> {
  yield text;
}
