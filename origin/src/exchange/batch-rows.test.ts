import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchRows, type Batch } from './batch-rows.ts';

/** Rows of a file; of an empty one nothing is written. */
const rows = fc.array(fc.boolean(), { maxLength: 40 });

test('every row is written once and in order, whatever was done before', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(10), fc.integer({ min: 1, max: 5 }), async (has, done, max) => {
      const batches: Batch<number>[] = [];
      const batching = batchRows<number>(max, done, async (batch) => void batches.push(batch));
      for (const [index, isItem] of has.entries())
        await batching.add(index + 1, isItem ? index + 1 : undefined);
      await batching.flush();
      await batching.settle();
      const items = has
        .map((isItem, index) => (isItem ? index + 1 : 0))
        .filter((row) => row > done);
      expect(batches.flatMap((batch) => batch.items)).toEqual(items);
      for (const [index, { from, to, items: own }] of batches.entries()) {
        expect(own.length).toBeLessThanOrEqual(max);
        expect(own.every((row) => row > from && row <= to)).toBe(true);
        expect(from).toBe(index === 0 ? done : batches[index - 1]?.to);
      }
    }),
  );
});

test('a write that fails is told, and nothing is written after it', async () => {
  let writes = 0;
  const batching = batchRows<number>(1, 0, async () => {
    writes += 1;
    throw new Error('full');
  });
  await batching.add(1, 1);
  await expect(batching.add(2, 2)).rejects.toThrow('full');
  await expect(batching.flush()).rejects.toThrow('full');
  await expect(batching.settle()).rejects.toThrow('full');
  expect(writes).toBe(1);
});
